package io.github.keycloaknylas.model;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What really happened, noted independently of the code under test: links, and which login brought which token. */
final class Truth {

    /** How long a login may take. */
    static final Duration LOGIN = Duration.ofMinutes(30);

    private record Owner(String user, int epoch) {}

    private final Map<String, Token> tokens = new LinkedHashMap<>();
    private final Map<Account, Owner> owners = new HashMap<>();
    private final Map<Account, Long> lostAt = new HashMap<>();
    private final Map<Account, Integer> epochs = new HashMap<>();
    private final Map<String, Set<String>> everLinked = new HashMap<>();

    Token issued(int login, Account account, String mailbox, long at) {
        Token token = new Token("token-" + (tokens.size() + 1), login, account, mailbox, at);
        tokens.put(token.text(), token);
        return token;
    }

    Optional<Token> token(String text) {
        return Optional.ofNullable(tokens.get(text));
    }

    /** Whether no other login of the same account that completed brought a token as new. */
    boolean isNewest(Token token) {
        return tokens.values().stream()
                .filter(other -> other != token && other.account().equals(token.account()))
                .filter(other -> other.is(Token.Stands.COMPLETED))
                .noneMatch(other -> other.capturedAt() >= token.capturedAt());
    }

    Collection<Token> tokens() {
        return tokens.values();
    }

    void linked(Account account, String user) {
        owners.put(account, new Owner(user, epochs.merge(account, 1, Integer::sum)));
        everLinked
                .computeIfAbsent(account.realm() + "/" + user, missing -> new HashSet<>())
                .add(account.name());
    }

    void unlinked(Account account, long at) {
        if (owners.remove(account) != null) {
            lostAt.put(account, at);
        }
    }

    Optional<String> owner(Account account) {
        return Optional.ofNullable(owners.get(account)).map(Owner::user);
    }

    Optional<Account> accountOf(String realm, String user) {
        return owners.entrySet().stream()
                .filter(link -> link.getKey().realm().equals(realm)
                        && link.getValue().user().equals(user))
                .map(Map.Entry::getKey)
                .findFirst();
    }

    boolean wasEverLinked(String realm, String user, String account) {
        return everLinked.getOrDefault(realm + "/" + user, Set.of()).contains(account);
    }

    /** When an account lost its link for the last time, if it has none now. */
    Optional<Long> withoutLinkSince(Account account) {
        return owner(account).isPresent() ? Optional.empty() : Optional.ofNullable(lostAt.get(account));
    }

    /** Counts how often an account was linked: a login that completed under one link says nothing of the next. */
    int epoch(Account account) {
        return epochs.getOrDefault(account, 0);
    }

    /** A login completed and was committed: which of its tokens count from now on. */
    void completed(int login, String realm, String user, boolean admitted, long at) {
        tokens.values().stream()
                .filter(token -> token.login() == login && token.is(Token.Stands.OPEN))
                .filter(token -> token.account().realm().equals(realm))
                .filter(token -> token.capturedAt() + LOGIN.toMillis() > at)
                .filter(token -> owner(token.account()).filter(user::equals).isPresent())
                .forEach(token -> token.settle(
                        admitted ? Token.Stands.COMPLETED : Token.Stands.REJECTED, epoch(token.account())));
    }
}
