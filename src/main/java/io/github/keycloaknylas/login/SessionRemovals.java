package io.github.keycloaknylas.login;

import io.github.keycloaknylas.ledger.EvidenceEntity;
import io.github.keycloaknylas.ledger.Mailbox;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.keycloak.models.KeycloakSession;

/** The changes of one session to links and users so far, and the evidence that follows from them. */
final class SessionRemovals {

    private static final String ATTRIBUTE = "nylas.removals";

    // The last event of a link decides whether it exists.
    private final Map<UserLink, Boolean> links = new LinkedHashMap<>();
    private final Map<InRealm, Boolean> providers = new HashMap<>();
    private final Set<InRealm> removingUsers = new HashSet<>();
    private final Set<InRealm> removedUsers = new LinkedHashSet<>();
    private final Set<String> removedRealms = new HashSet<>();
    private boolean enlisted;

    private record UserLink(Mailbox mailbox, String userId) {
        Account account() {
            return new Account(mailbox.realmId(), mailbox.subject(), userId);
        }

        InRealm provider() {
            return new InRealm(mailbox.realmId(), mailbox.alias());
        }
    }

    /** A link regardless of its alias. */
    private record Account(String realmId, String subject, String userId) {}

    private record InRealm(String realmId, String name) {}

    static SessionRemovals of(KeycloakSession session) {
        SessionRemovals known = session.getAttribute(ATTRIBUTE, SessionRemovals.class);
        if (known != null) {
            return known;
        }
        SessionRemovals removals = new SessionRemovals();
        session.setAttribute(ATTRIBUTE, removals);
        return removals;
    }

    /** Returns true on the first call only. */
    boolean enlistOnce() {
        boolean first = !enlisted;
        enlisted = true;
        return first;
    }

    /**
     * Notes a new link, and with it its user: a partial import removes users and creates them again, maybe with
     * their IDs.
     */
    void linkCreated(Mailbox mailbox, String userId) {
        links.put(new UserLink(mailbox, userId), true);
        removedUsers.remove(new InRealm(mailbox.realmId(), userId));
    }

    /**
     * @param providerExists evaluated at once and only once per provider, since a rename of a provider removes all
     *     its links
     */
    void linkRemoved(Mailbox mailbox, String userId, BooleanSupplier providerExists) {
        UserLink link = new UserLink(mailbox, userId);
        links.put(link, false);
        providers.computeIfAbsent(link.provider(), unknown -> providerExists.getAsBoolean());
    }

    void removingUser(String realmId, String userId) {
        removingUsers.add(new InRealm(realmId, userId));
    }

    /** Returns whether Keycloak announced the removal of the user. What it cleans up by itself is not announced. */
    boolean isRemoving(String realmId, String userId) {
        return removingUsers.contains(new InRealm(realmId, userId));
    }

    void userRemoved(String realmId, String userId) {
        removedUsers.add(new InRealm(realmId, userId));
    }

    void providerRemoved(String realmId, String alias) {
        providers.put(new InRealm(realmId, alias), false);
    }

    void realmRemoved(String realmId) {
        removedRealms.add(realmId);
    }

    /** Returns the evidence that holds if the session commits. */
    List<EvidenceEntity> evidence(long now) {
        Map<Account, String> currentAliases = new HashMap<>();
        links.forEach((link, exists) -> {
            if (exists) {
                currentAliases.put(link.account(), link.mailbox().alias());
            }
        });
        List<EvidenceEntity> evidence = new ArrayList<>();
        links.forEach((link, exists) -> {
            String newAlias = currentAliases.get(link.account());
            if (exists || removedRealms.contains(link.mailbox().realmId())) {
                return;
            }
            if (newAlias != null) {
                evidence.add(EvidenceEntity.linkRenamed(link.mailbox(), link.userId(), newAlias, now));
            } else if (providers.get(link.provider())) {
                evidence.add(EvidenceEntity.linkRemoved(link.mailbox(), link.userId(), now));
            }
        });
        removedUsers.stream()
                .filter(user -> !removedRealms.contains(user.realmId()))
                .forEach(user -> evidence.add(EvidenceEntity.userRemoved(user.realmId(), user.name(), now)));
        return evidence;
    }
}
