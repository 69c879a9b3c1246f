package io.github.keycloaknylas.mail;

/**
 * Something about the set-up of a mail provider that an administrator should know. Holds no secret.
 *
 * @param problem whether it keeps grants from being made; otherwise it could not be checked, or only maybe does harm
 * @param code the same for the same trouble in every release: lower-case letters and underscores
 * @param what what is wrong, as a sentence
 * @param next what to do about it, as a sentence
 */
public record SetUpRemark(boolean problem, String code, String what, String next) {

    /** Keeps grants from being made. */
    public static SetUpRemark problem(String code, String what, String next) {
        return new SetUpRemark(true, code, what, next);
    }

    /** Could not be checked, or only maybe does harm. */
    public static SetUpRemark note(String code, String what, String next) {
        return new SetUpRemark(false, code, what, next);
    }
}
