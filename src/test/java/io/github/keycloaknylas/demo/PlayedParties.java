package io.github.keycloaknylas.demo;

import io.github.keycloaknylas.testkit.microsoft.App;
import io.github.keycloaknylas.testkit.microsoft.PlayedMicrosoft;
import io.github.keycloaknylas.testkit.nylas.OAuthClient;
import io.github.keycloaknylas.testkit.nylas.PlayedNylas;
import java.net.InetAddress;

/** The demo's Microsoft and Nylas, which share an app registration. */
record PlayedParties(PlayedMicrosoft microsoft, PlayedNylas nylas) implements AutoCloseable {

    static final String API_KEY = "nyk_v0_played-key-of-the-demo";

    static PlayedParties start(InetAddress address, int microsoftPort, int nylasPort) {
        PlayedMicrosoft microsoft = PlayedMicrosoft.options()
                .bindAddress(address.getHostAddress())
                .port(microsoftPort)
                .start();
        try {
            PlayedNylas nylas = PlayedNylas.builder()
                    .bindAddress(address)
                    .port(nylasPort)
                    .microsoft(microsoft.urls().login(), microsoft.urls().graphMeUrl())
                    .start();
            nylas.application("demo-application")
                    .apiKey(API_KEY)
                    .connector(
                            new OAuthClient(App.DEFAULT.clientId(), App.DEFAULT.clientSecret()),
                            "common",
                            "User.Read",
                            "Mail.Read",
                            "Calendars.Read");
            return new PlayedParties(microsoft, nylas);
        } catch (RuntimeException e) {
            microsoft.close();
            throw e;
        }
    }

    @Override
    public void close() {
        nylas.close();
        microsoft.close();
    }
}
