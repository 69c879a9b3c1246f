package io.github.keycloaknylas.it.support.browser;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.Properties;

/** The words of the extension in one language. */
public final class Messages {

    private final Properties properties;

    private Messages(Properties properties) {
        this.properties = properties;
    }

    public static Messages in(String language) {
        String bundle = "/theme-resources/messages/messages_" + language + ".properties";
        Properties properties = new Properties();
        try (Reader in = new InputStreamReader(Messages.class.getResourceAsStream(bundle), UTF_8)) {
            properties.load(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new Messages(properties);
    }

    public String text(String key) {
        return Optional.ofNullable(properties.getProperty(key)).orElseThrow(() -> new AssertionError("no " + key));
    }
}
