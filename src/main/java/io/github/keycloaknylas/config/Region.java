package io.github.keycloaknylas.config;

import java.net.URI;
import java.util.Arrays;
import java.util.Optional;

/** Where a Nylas application lives; fixed when it is made (Nylas: "Data residency"). */
public enum Region {
    /** United States. */
    US("https://api.us.nylas.com"),
    /** European Union. */
    EU("https://api.eu.nylas.com");

    private final URI apiUrl;

    Region(String apiUrl) {
        this.apiUrl = URI.create(apiUrl);
    }

    /** Base URL of the API of applications that live there (Nylas: "Data residency"). */
    public URI apiUrl() {
        return apiUrl;
    }

    static Optional<Region> of(String name) {
        return Arrays.stream(values())
                .filter(region -> region.name().equalsIgnoreCase(name))
                .findFirst();
    }
}
