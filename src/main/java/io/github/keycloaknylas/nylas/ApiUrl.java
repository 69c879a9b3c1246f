package io.github.keycloaknylas.nylas;

import java.net.URI;
import java.util.regex.Pattern;

/**
 * Checks which addresses an API key and a refresh token may be sent to. Messages never repeat the address, which may
 * contain a password.
 */
public final class ApiUrl {

    private static final String OCTET = "(25[0-5]|2[0-4]\\d|1?\\d?\\d)";
    private static final Pattern LOOPBACK =
            Pattern.compile("localhost|127(\\." + OCTET + "){3}|\\[::1]|\\[0:0:0:0:0:0:0:1]", Pattern.CASE_INSENSITIVE);

    private ApiUrl() {}

    /**
     * Checks the base address of the API.
     *
     * @return the address without a trailing slash
     * @throws IllegalArgumentException if no key may be sent there: not HTTPS (nor plain HTTP on loopback), or
     *     something besides host, port and path
     */
    public static URI checked(URI url) {
        if (url == null || url.getHost() == null) {
            throw new IllegalArgumentException(
                    "The Nylas API URL names no host: expected something like https://api.us.nylas.com");
        }
        if (url.getRawUserInfo() != null || url.getRawQuery() != null || url.getRawFragment() != null) {
            throw new IllegalArgumentException("The Nylas API URL must not hold user info, a query or a fragment");
        }
        if (!"https".equalsIgnoreCase(url.getScheme()) && !plainOnLoopback(url)) {
            throw new IllegalArgumentException("The Nylas API URL must be https (plain http only on loopback)");
        }
        URI base = URI.create(url.toString().replaceAll("/+$", ""));
        if (base.getPath().endsWith("/v3")) {
            throw new IllegalArgumentException("The Nylas API URL must not end in /v3: the version is added to it");
        }
        return base;
    }

    /** Decided by the host name alone, since a DNS answer may change after the check. */
    private static boolean plainOnLoopback(URI url) {
        return "http".equalsIgnoreCase(url.getScheme())
                && LOOPBACK.matcher(url.getHost()).matches();
    }
}
