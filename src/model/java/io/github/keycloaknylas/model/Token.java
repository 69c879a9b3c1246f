package io.github.keycloaknylas.model;

import io.github.keycloaknylas.ledger.Mailbox;

/** A refresh token and what became of the login that brought it. */
final class Token {

    enum Status {
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
    private final String person;
    private final String opens;
    private final long capturedAt;
    private Mailbox mailbox;
    private Status status = Status.NOT_KEPT;
    private int epoch;
    private boolean moved;
    private boolean settled;
    private boolean accepted;

    Token(String text, int login, Mailbox mailbox, String person, String opens, long capturedAt) {
        this.text = text;
        this.login = login;
        this.mailbox = mailbox;
        this.person = person;
        this.opens = opens;
        this.capturedAt = capturedAt;
    }

    String text() {
        return text;
    }

    int login() {
        return login;
    }

    Mailbox mailbox() {
        return mailbox;
    }

    /** Who signed in, as Microsoft named them. */
    String person() {
        return person;
    }

    /** Whose mailbox it opens: nobody but Microsoft and Nylas knows. */
    String opens() {
        return opens;
    }

    long capturedAt() {
        return capturedAt;
    }

    boolean is(Status other) {
        return status == other;
    }

    /** Which link of its account the login completed under. */
    int epoch() {
        return epoch;
    }

    /** Nylas answered that it took or refused the token. */
    void settle() {
        settled = true;
    }

    boolean isSettled() {
        return settled;
    }

    /** Nylas took it, and its answer is recorded. */
    void accept() {
        settled = true;
        accepted = true;
    }

    boolean isAccepted() {
        return accepted;
    }

    void become(Status now, int underLink) {
        status = now;
        epoch = underLink;
    }

    /** The provider was renamed while the token waited. */
    void move(Mailbox to, int underLink) {
        mailbox = to;
        epoch = underLink;
        moved = true;
    }

    boolean hasMoved() {
        return moved;
    }

    @Override
    public String toString() {
        return text + " of login " + login + " (" + mailbox + ", " + person + " signed in, opens " + opens + ", "
                + status + ")";
    }
}
