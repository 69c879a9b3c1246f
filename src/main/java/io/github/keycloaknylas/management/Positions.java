package io.github.keycloaknylas.management;

import java.util.regex.Pattern;

/** What the values of a page's position look like. */
final class Positions {

    static final Pattern ID = Pattern.compile("[0-9a-f-]{36}");
    static final Pattern HASH = Pattern.compile("[0-9a-f]{64}");
    static final Pattern ADDRESS = Pattern.compile("[0-9a-f]{0,254}");
    static final Pattern TIME = Pattern.compile("[0-9]{1,15}");

    private Positions() {}
}
