package io.github.keycloaknylas.config;

import java.net.URI;
import java.util.Set;
import org.keycloak.Config;

/**
 * The address of this Keycloak for others, as the server option {@code hostname} fixes it. Neither a realm's own
 * frontend URL nor the Host header of a request has a part in it: either could send Nylas' notifications elsewhere.
 */
public final class ServerUrl {

    private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");

    private ServerUrl() {}

    /**
     * Returns the address, without a slash at the end. If the option is a bare host name, HTTPS on port 443 is assumed.
     *
     * @throws ServerUrlException if the host name is not fixed, or the address is neither HTTPS nor on loopback
     */
    public static String configured() {
        String hostname = Config.scope("hostname", "v2").get("hostname");
        if (hostname == null || hostname.isBlank()) {
            throw new ServerUrlException(
                    "The host name of this Keycloak is not fixed, so there is no address that Nylas"
                            + " could be given. Start Keycloak with the option hostname, for example"
                            + " --hostname=https://auth.example.com.");
        }
        URI url = parsed(hostname.contains("://") ? hostname : "https://" + hostname);
        boolean loopback = url.getHost() != null && LOOPBACK.contains(url.getHost());
        if (!"https".equals(url.getScheme()) && !loopback) {
            throw new ServerUrlException("Nylas sends notifications to HTTPS addresses only, and the option hostname of"
                    + " this Keycloak is not one. Set it to the public address, for example"
                    + " --hostname=https://auth.example.com.");
        }
        return url.toString().replaceFirst("/+$", "");
    }

    private static URI parsed(String url) {
        try {
            return URI.create(url);
        } catch (IllegalArgumentException e) {
            throw new ServerUrlException("The option hostname of this Keycloak is not a URL. Set it to the public"
                    + " address, for example --hostname=https://auth.example.com.");
        }
    }
}
