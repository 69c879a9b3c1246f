package io.github.keycloaknylas.ledger;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Locale;

/**
 * The form of a mailbox address in which a prefix is searched. Hexadecimal digits have the same order in every
 * collation, so that a range of the index contains exactly the addresses that begin with the prefix.
 */
final class AddressKey {

    /** As many bytes as fit the column in hexadecimal digits. */
    private static final int MOST_BYTES = 127;

    private AddressKey() {}

    /** Returns the key of an address, upper and lower case being the same. */
    static String of(String address) {
        byte[] bytes = address.trim().toLowerCase(Locale.ROOT).getBytes(StandardCharsets.UTF_8);
        return HexFormat.of().formatHex(Arrays.copyOf(bytes, Math.min(bytes.length, MOST_BYTES)));
    }

    /** Returns the first key behind all those that begin with this one. */
    static String end(String key) {
        return key + "g";
    }
}
