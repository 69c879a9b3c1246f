package io.github.keycloaknylas.testkit.microsoft;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The current accounts, in the order in which they were added, and how each behaves. */
final class Directory {

    private final Map<String, Account> accounts = new LinkedHashMap<>();
    private final Map<String, Behaviour> behaviours = new ConcurrentHashMap<>();

    synchronized void put(Account account) {
        accounts.put(account.id(), account);
    }

    synchronized Optional<Account> find(String id) {
        return Optional.ofNullable(accounts.get(id));
    }

    synchronized List<Account> all() {
        return new ArrayList<>(accounts.values());
    }

    Behaviour behaviourOf(String id) {
        return behaviours.computeIfAbsent(id, unseen -> new Behaviour());
    }
}
