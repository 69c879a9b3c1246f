package io.github.keycloaknylas.config;

import java.net.URI;
import java.util.Arrays;
import java.util.Optional;

/** A region of Nylas' applications, fixed when an application is created (Nylas: "Data residency"). */
public enum Region {
    /** United States. */
    US("https://api.us.nylas.com"),
    /** European Union. */
    EU("https://api.eu.nylas.com");

    private final URI apiUrl;

    Region(String apiUrl) {
        this.apiUrl = URI.create(apiUrl);
    }

    /** Base URL of the API for applications of the region (Nylas: "Data residency"). */
    public URI apiUrl() {
        return apiUrl;
    }

    static Optional<Region> of(String name) {
        return Arrays.stream(values())
                .filter(region -> region.name().equalsIgnoreCase(name))
                .findFirst();
    }
}
