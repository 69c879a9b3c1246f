package io.github.keycloaknylas.mail;

/**
 * A remark for an administrator on the set-up of a mail provider. Contains no secret.
 *
 * @param problem whether it prevents grants from being made; otherwise it could not be checked, or may be harmless
 * @param code identifies the kind of problem, the same in every release: lower-case letters and underscores
 * @param what what is wrong, as a sentence
 * @param why why it matters, as a sentence
 * @param next what to do about it, as a sentence
 */
public record SetUpRemark(boolean problem, String code, String what, String why, String next) {

    /** Creates a remark on something that prevents grants from being made. */
    public static SetUpRemark problem(String code, String what, String why, String next) {
        return new SetUpRemark(true, code, what, why, next);
    }

    /** Creates a remark on something that could not be checked, or may be harmless. */
    public static SetUpRemark note(String code, String what, String why, String next) {
        return new SetUpRemark(false, code, what, why, next);
    }
}
