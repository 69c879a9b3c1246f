package io.github.keycloaknylas.model;

/** A refresh token and what became of the login that brought it. */
final class Token {

    enum Stands {
        /** Not kept, or its login's request was rolled back. */
        NOT_KEPT,
        /** Kept; its login has not completed. */
        OPEN,
        /** Its login completed for the user to whom the account was linked. */
        COMPLETED,
        /** Its login completed, but its person gets no grant. */
        REJECTED
    }

    private final String text;
    private final int login;
    private final Account account;
    private final String mailbox;
    private final long capturedAt;
    private Stands stands = Stands.NOT_KEPT;
    private int epoch;
    private boolean reached;
    private boolean accepted;

    Token(String text, int login, Account account, String mailbox, long capturedAt) {
        this.text = text;
        this.login = login;
        this.account = account;
        this.mailbox = mailbox;
        this.capturedAt = capturedAt;
    }

    String text() {
        return text;
    }

    int login() {
        return login;
    }

    Account account() {
        return account;
    }

    /** Whose mailbox it opens: nobody but Microsoft and Nylas knows. */
    String mailbox() {
        return mailbox;
    }

    long capturedAt() {
        return capturedAt;
    }

    boolean is(Stands other) {
        return stands == other;
    }

    /** Which link of its account the login completed under. */
    int epoch() {
        return epoch;
    }

    /** Nylas was called with it, whatever came of it. */
    void reach() {
        reached = true;
    }

    boolean isReached() {
        return reached;
    }

    /** Nylas took it, and its answer is recorded. */
    void accept() {
        accepted = true;
    }

    boolean isAccepted() {
        return accepted;
    }

    void settle(Stands now, int underLink) {
        stands = now;
        epoch = underLink;
    }

    @Override
    public String toString() {
        return text + " of login " + login + " (" + account + ", opens " + mailbox + ", " + stands + ")";
    }
}
