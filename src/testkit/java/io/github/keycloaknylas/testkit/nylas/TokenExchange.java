package io.github.keycloaknylas.testkit.nylas;

/** How the fake Nylas turns a refresh token into a mailbox: over HTTP, or as a test specifies. */
@FunctionalInterface
public interface TokenExchange {

    /**
     * Exchanges a refresh token. May be called by several threads at once.
     *
     * @param request what Nylas would send to Microsoft
     * @return the result, never null
     */
    ExchangeResult exchange(ExchangeRequest request);
}
