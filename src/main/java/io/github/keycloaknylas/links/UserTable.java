package io.github.keycloaknylas.links;

import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.UserModel;
import org.keycloak.services.managers.BruteForceProtector;
import org.keycloak.storage.adapter.AbstractUserAdapterFederatedStorage;

/**
 * The two places that show whether users are enabled. Whoever the brute force protection has locked out counts as
 * enabled: an outsider who types wrong passwords must not be able to have grants deleted.
 */
enum UserTable {
    /** Local and imported users. */
    LOCAL(Storage::hasLocalTables) {
        @Override
        List<Row> readBatch(KeycloakSession session, String realmId, List<String> users) {
            Set<String> lockedOut = lockedOut(Storage.entityManager(session)
                    .createQuery(
                            "select a.user.id, a.value from UserAttributeEntity a where a.name = :name"
                                    + " and a.user.id in :users",
                            Object[].class)
                    .setParameter("name", UserModel.DISABLED_REASON)
                    .setParameter("users", users)
                    .getResultStream());
            return Storage.entityManager(session)
                    .createQuery(
                            "select u.id, u.enabled, u.federationLink from UserEntity u where u.realmId = :realm"
                                    + " and u.id in :users",
                            Object[].class)
                    .setParameter("realm", realmId)
                    .setParameter("users", users)
                    .getResultStream()
                    .map(user -> new Row(
                            (String) user[0], (Boolean) user[1] || lockedOut.contains(user[0]), user[2] == null))
                    .toList();
        }
    },
    /** Users who are not in Keycloak's own tables. Only an adapter that keeps the switch in Keycloak writes it here. */
    FEDERATED(Storage::hasFederatedTables) {
        @Override
        List<Row> readBatch(KeycloakSession session, String realmId, List<String> users) {
            Set<String> lockedOut = lockedOut(attributes(session, realmId, users, UserModel.DISABLED_REASON));
            return attributes(session, realmId, users, AbstractUserAdapterFederatedStorage.ENABLED_ATTRIBUTE)
                    .map(user -> new Row(
                            (String) user[0],
                            !"false".equalsIgnoreCase((String) user[1]) || lockedOut.contains(user[0]),
                            false))
                    .toList();
        }
    };

    /**
     * A user.
     *
     * @param enabled false if somebody disabled the user in Keycloak
     * @param local whether there is nothing that a directory could know better
     */
    record Row(String userId, boolean enabled, boolean local) {}

    private final Predicate<KeycloakSession> readable;

    UserTable(Predicate<KeycloakSession> readable) {
        this.readable = readable;
    }

    boolean isReadable(KeycloakSession session) {
        return readable.test(session);
    }

    /** Returns those of the users that the table knows something of. */
    List<Row> read(KeycloakSession session, String realmId, Collection<String> users) {
        return Batches.of(users)
                .flatMap(batch -> readBatch(session, realmId, batch).stream())
                .toList();
    }

    abstract List<Row> readBatch(KeycloakSession session, String realmId, List<String> users);

    private static Set<String> lockedOut(Stream<Object[]> reasons) {
        return reasons.filter(reason -> BruteForceProtector.DISABLED_BY_PERMANENT_LOCKOUT.equals(reason[1]))
                .map(reason -> (String) reason[0])
                .collect(Collectors.toCollection(HashSet::new));
    }

    private static Stream<Object[]> attributes(
            KeycloakSession session, String realmId, List<String> users, String name) {
        return Storage.entityManager(session)
                .createQuery(
                        "select a.userId, a.value from FederatedUserAttributeEntity a where a.realmId = :realm"
                                + " and a.userId in :users and a.name = :name",
                        Object[].class)
                .setParameter("realm", realmId)
                .setParameter("users", users)
                .setParameter("name", name)
                .getResultStream();
    }
}
