package io.github.keycloaknylas.backfill;

/**
 * Why no token of an identity provider can be queued now.
 *
 * @param code short name for the report
 * @param sentence what is wrong and what to do next, for an administrator and without a secret
 * @param isLogged whether a run that waits for it logs a warning
 */
public record BackfillObstacle(String code, String sentence, boolean isLogged) {

    static BackfillObstacle of(String code, String sentence) {
        return new BackfillObstacle(code, sentence, true);
    }
}
