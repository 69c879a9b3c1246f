package io.github.keycloaknylas.setup;

/**
 * A problem or note for an administrator. Contains no secret.
 *
 * @param code identifies the kind of problem, the same in every release
 * @param provider alias of the identity provider, or null if the whole realm is meant
 * @param problem what is wrong
 * @param why why it matters
 * @param next what to do about it: the click in the admin console, or the command
 */
public record Finding(String code, String provider, String problem, String why, String next) {

    static Finding of(FindingCode code, String provider, String problem, String next) {
        return new Finding(code.json(), provider, problem, code.why(), next);
    }
}
