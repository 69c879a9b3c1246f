package io.github.keycloaknylas.testkit.leaks;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLEncoder;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/** A secret that is looked for, in every form in which it may have been written. */
public record Needle(String name, Set<String> forms) {

    private static final Pattern PERCENT = Pattern.compile("%[0-9A-F]{2}");

    public static Needle of(String name, String secret) {
        Set<String> forms = new LinkedHashSet<>(encoded(secret.getBytes(UTF_8)));
        String percent = URLEncoder.encode(secret, UTF_8);
        String json = secret.replace("\\", "\\\\").replace("\"", "\\\"");
        forms.add(secret);
        forms.add(percent);
        forms.add(PERCENT.matcher(percent).replaceAll(code -> code.group().toLowerCase(Locale.ROOT)));
        forms.add(json);
        forms.add(json.replace("/", "\\/"));
        forms.add(secret.replace("&", "&amp;").replace("\"", "&quot;").replace("<", "&lt;"));
        return new Needle(name, forms);
    }

    /** Searches for something that is not text, such as a key. */
    public static Needle of(String name, byte[] secret) {
        return new Needle(name, encoded(secret));
    }

    public boolean isIn(String text) {
        return forms.stream().anyMatch(text::contains);
    }

    private static Set<String> encoded(byte[] secret) {
        Set<String> forms = new LinkedHashSet<>();
        forms.add(HexFormat.of().formatHex(secret));
        forms.add(HexFormat.of().withUpperCase().formatHex(secret));
        IntStream.range(0, 3).forEach(before -> {
            forms.add(inBase64(Base64.getEncoder(), secret, before));
            forms.add(inBase64(Base64.getUrlEncoder(), secret, before));
        });
        return forms;
    }

    // Of a text within a longer one, the letters in the middle are known, whatever stands around it.
    private static String inBase64(Base64.Encoder encoder, byte[] secret, int before) {
        byte[] padded = new byte[before + secret.length];
        System.arraycopy(secret, 0, padded, before, secret.length);
        int begin = (before * 8 + 5) / 6;
        int end = padded.length * 8 / 6;
        return encoder.withoutPadding().encodeToString(padded).substring(begin, end);
    }
}
