package io.github.keycloaknylas.backfill;

import io.github.keycloaknylas.links.StoredLinks;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.stream.Collectors;
import org.keycloak.models.KeycloakSession;

/** The links of one provider in memory, in the order of their users. */
final class FakeStoredLinks implements StoredLinks {

    private record Entry(String subject, String token) {}

    final List<Integer> pages = new ArrayList<>();
    private final ConcurrentSkipListMap<String, Entry> entries = new ConcurrentSkipListMap<>();
    private RuntimeException failure;
    private String hidden;

    void put(String userId, String subject, String token) {
        entries.put(userId, new Entry(subject, token));
    }

    /** Lets the token be gone when it is read. */
    void hide(String userId) {
        hidden = userId;
    }

    void failWith(RuntimeException e) {
        failure = e;
    }

    @Override
    public long count(KeycloakSession session, String realmId, String alias) {
        return entries.size();
    }

    @Override
    public Page after(KeycloakSession session, String realmId, String alias, String after, int most) {
        List<StoredLink> links = entries.tailMap(after, false).entrySet().stream()
                .limit(most)
                .map(entry -> new StoredLink(
                        entry.getKey(),
                        entry.getValue().subject(),
                        entry.getValue().token() != null))
                .toList();
        pages.add(links.size());
        return new Page(
                links, links.size() == most ? Optional.of(links.get(most - 1).userId()) : Optional.empty());
    }

    @Override
    public Map<String, String> tokens(
            KeycloakSession session, String realmId, String alias, Collection<StoredLink> links) {
        if (failure != null) {
            throw failure;
        }
        return links.stream()
                .filter(link -> !link.userId().equals(hidden))
                .collect(Collectors.toMap(
                        StoredLink::userId, link -> entries.get(link.userId()).token()));
    }
}
