package io.github.keycloaknylas.nylas;

import java.net.URI;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** The two regions of Nylas; an application lives in one of them for good (Nylas: "Dashboard", data residency). */
public enum NylasRegion {
    US,
    EU;

    /**
     * @param name {@code us} or {@code eu}, in any case
     * @return the region of that name
     * @throws IllegalArgumentException if there is no such region
     */
    public static NylasRegion of(String name) {
        return Arrays.stream(values())
                .filter(region -> region.label().equalsIgnoreCase(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("Unknown Nylas region: expected one of " + labels()));
    }

    /** @return the base address of the API in this region, fit for {@link NylasConnection#apiUrl()} */
    public URI apiUrl() {
        return URI.create("https://api." + label() + ".nylas.com");
    }

    private String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    private static String labels() {
        return Arrays.stream(values()).map(NylasRegion::label).collect(Collectors.joining(", "));
    }
}
