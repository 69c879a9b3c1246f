package io.github.keycloaknylas.model;

import io.github.keycloaknylas.ledger.Mailbox;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The expected state, kept independently of the code under test: links, and the token of each login. */
final class ReferenceModel {

    /** How long a login may take. */
    static final Duration LOGIN = Duration.ofMinutes(30);

    private record Owner(String user, int epoch) {}

    private record Link(Mailbox mailbox, String user) {}

    private final Map<String, Token> tokens = new LinkedHashMap<>();
    private final Map<Mailbox, Owner> owners = new LinkedHashMap<>();
    private final Map<Mailbox, Integer> epochs = new HashMap<>();
    /** Since when a user has been linked to an account, or was for the first time. */
    private final Map<Link, Long> everLinked = new HashMap<>();
    /** When an event first proved that a link had ended. */
    private final Map<Link, Long> proven = new HashMap<>();

    /** Links whose end an event has proven, and that did not come back since. */
    private final Set<Link> endedByProof = new HashSet<>();

    Token issued(int login, Mailbox mailbox, String person, String opens, long at) {
        Token token = new Token("token-" + (tokens.size() + 1), login, mailbox, person, opens, at);
        tokens.put(token.text(), token);
        return token;
    }

    Optional<Token> token(String text) {
        return Optional.ofNullable(tokens.get(text));
    }

    Collection<Token> tokens() {
        return tokens.values();
    }

    /**
     * Whether no other login of the same account that completed brought a token as new. Where the provider was renamed
     * meanwhile, the clocks of two nodes may mistake which is newer.
     */
    boolean isNewest(Token token) {
        long tolerated = token.hasMoved() ? 2 * Simulation.SKEW.toMillis() : 0;
        return tokens.values().stream()
                .filter(other -> other != token && other.mailbox().equals(token.mailbox()))
                .filter(other -> other.is(Token.Status.COMPLETED))
                .noneMatch(other -> other.capturedAt() >= token.capturedAt() - tolerated);
    }

    void linked(Mailbox mailbox, String user, long at) {
        owners.put(mailbox, new Owner(user, epochs.merge(mailbox, 1, Integer::sum)));
        everLinked.putIfAbsent(new Link(mailbox, user), at);
        endedByProof.remove(new Link(mailbox, user));
    }

    /** The provider of a linked account was renamed: what its logins brought counts for the new alias. */
    void moved(Mailbox from, Mailbox to) {
        tokens.values().stream()
                .filter(token -> token.mailbox().equals(from) && token.is(Token.Status.COMPLETED))
                .filter(token -> token.epoch() == epoch(from))
                .forEach(token -> token.move(to, epoch(to)));
    }

    void unlinked(Mailbox mailbox) {
        owners.remove(mailbox);
    }

    void proves(Mailbox mailbox, String user, long at) {
        proven.putIfAbsent(new Link(mailbox, user), at);
        endedByProof.add(new Link(mailbox, user));
    }

    Optional<String> owner(Mailbox mailbox) {
        return Optional.ofNullable(owners.get(mailbox)).map(Owner::user);
    }

    Map<Mailbox, String> links() {
        Map<Mailbox, String> links = new LinkedHashMap<>();
        owners.forEach((mailbox, owner) -> links.put(mailbox, owner.user()));
        return links;
    }

    boolean isLinked(Mailbox mailbox, String user) {
        return owner(mailbox).filter(user::equals).isPresent();
    }

    Optional<Mailbox> accountOf(String realm, String user) {
        return owners.entrySet().stream()
                .filter(link -> link.getKey().realmId().equals(realm)
                        && link.getValue().user().equals(user))
                .map(Map.Entry::getKey)
                .findFirst();
    }

    boolean wasEverLinked(String realm, String user, String account) {
        return everLinked.keySet().stream()
                .anyMatch(link -> link.user().equals(user)
                        && link.mailbox().realmId().equals(realm)
                        && link.mailbox().subject().equals(account));
    }

    /** When an event first proved that this user lost this account. */
    Optional<Long> provenAt(Mailbox mailbox, String user) {
        return Optional.ofNullable(proven.get(new Link(mailbox, user)));
    }

    /** Whether the last link of this user to this account ended with an event. */
    boolean isEndedByProof(Mailbox mailbox, String user) {
        return endedByProof.contains(new Link(mailbox, user));
    }

    /** Whether the account was ever linked to somebody else. */
    boolean wasLinkedToAnother(Mailbox mailbox, String user) {
        return everLinked.keySet().stream()
                .anyMatch(link -> link.mailbox().equals(mailbox) && !link.user().equals(user));
    }

    /** Counts how often an account was linked: a login that completed under one link says nothing of the next. */
    int epoch(Mailbox mailbox) {
        return epochs.getOrDefault(mailbox, 0);
    }

    /** A login completed and was committed: which of its tokens count from now on. */
    void completed(int login, String realm, String user, boolean admitted, long at) {
        tokens.values().stream()
                .filter(token -> token.login() == login && token.is(Token.Status.OPEN))
                .filter(token -> token.mailbox().realmId().equals(realm))
                .filter(token -> token.capturedAt() + LOGIN.toMillis() > at)
                .filter(token -> isLinked(token.mailbox(), user))
                .forEach(token -> token.become(
                        admitted ? Token.Status.COMPLETED : Token.Status.REJECTED, epoch(token.mailbox())));
    }
}
