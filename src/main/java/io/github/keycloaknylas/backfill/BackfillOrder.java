package io.github.keycloaknylas.backfill;

/**
 * What an administrator asks for.
 *
 * @param realmId ID of the realm
 * @param alias alias of the identity provider
 * @param dryRun whether links are only counted
 * @param rate tokens to queue per second, from 1 to {@link #FASTEST}
 * @param administrator ID of the user who asks, for the report
 */
public record BackfillOrder(String realmId, String alias, boolean dryRun, int rate, String administrator) {

    /** Tokens per second unless the order says otherwise. */
    public static final int DEFAULT_RATE = 5;

    /** Nylas' limit of calls per second for one application. */
    public static final int FASTEST = 50;
}
