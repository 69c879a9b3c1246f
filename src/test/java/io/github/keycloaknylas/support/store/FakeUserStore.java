package io.github.keycloaknylas.support.store;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.keycloak.models.FederatedIdentityModel;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.models.UserProvider;

/** Users and their links. */
final class FakeUserStore {

    private final Map<String, FakeUser> users = new ConcurrentHashMap<>();
    private final Map<String, FederatedIdentityModel> links = new ConcurrentHashMap<>();
    private final Set<String> disabled = ConcurrentHashMap.newKeySet();
    private final Set<String> memberships = ConcurrentHashMap.newKeySet();
    private final UserProvider model = newModel();
    private volatile RuntimeException failure;
    private volatile boolean foreign;

    UserProvider model() {
        return model;
    }

    FakeUser user(String realmId, String id) {
        return users.computeIfAbsent(realmId + "/" + id, missing -> new FakeUser(id));
    }

    Optional<UserModel> existing(String realmId, String id) {
        return Optional.ofNullable(users.get(realmId + "/" + id)).map(FakeUser::model);
    }

    void remove(String realmId, String id) {
        users.remove(realmId + "/" + id);
        links.keySet().removeIf(key -> key.startsWith(realmId + "/" + id + "/"));
    }

    void link(String realmId, String userId, FederatedIdentityModel link) {
        links.put(realmId + "/" + userId + "/" + link.getIdentityProvider(), link);
    }

    void unlink(String realmId, String userId, String alias) {
        links.remove(realmId + "/" + userId + "/" + alias);
    }

    void enable(String realmId, String userId, boolean enabled) {
        if (enabled) {
            disabled.remove(realmId + "/" + userId);
        } else {
            disabled.add(realmId + "/" + userId);
        }
    }

    boolean isEnabled(String realmId, String userId) {
        return !disabled.contains(realmId + "/" + userId);
    }

    /** Of a role or group. */
    void member(String realmId, String userId, String id, boolean member) {
        if (member) {
            memberships.add(realmId + "/" + userId + "/" + id);
        } else {
            memberships.remove(realmId + "/" + userId + "/" + id);
        }
    }

    boolean isMember(String realmId, String userId, String id) {
        return memberships.contains(realmId + "/" + userId + "/" + id);
    }

    /** As a directory that is down does; null for one that is up again. */
    void fail(RuntimeException with) {
        failure = with;
    }

    /** As a storage that is not Keycloak's own: its tables cannot be read. */
    void becomeForeign() {
        foreign = true;
    }

    boolean isForeign() {
        return foreign;
    }

    Optional<FederatedIdentityModel> linkOf(String realmId, String userId, String alias) {
        return Optional.ofNullable(links.get(realmId + "/" + userId + "/" + alias));
    }

    Optional<String> ownerOf(String realmId, String alias, String subject) {
        return links.entrySet().stream()
                .filter(link -> link.getKey().startsWith(realmId + "/")
                        && link.getValue().getIdentityProvider().equals(alias)
                        && link.getValue().getUserId().equals(subject))
                .map(link -> link.getKey().split("/")[1])
                .findFirst();
    }

    private UserProvider newModel() {
        return InterfaceStub.of(
                UserProvider.class,
                Map.of(
                        "getUserById",
                        given -> unlessDown(() ->
                                existing(realmId(given[0]), (String) given[1]).orElse(null)),
                        "getFederatedIdentity",
                        given -> unlessDown(
                                () -> links.get(realmId(given[0]) + "/" + userId(given[1]) + "/" + given[2])),
                        "getUserByFederatedIdentity",
                        given -> unlessDown(() -> linked(realmId(given[0]), (FederatedIdentityModel) given[1])),
                        "updateFederatedIdentity",
                        given -> {
                            link(realmId(given[0]), userId(given[1]), (FederatedIdentityModel) given[2]);
                            return null;
                        }));
    }

    private <T> T unlessDown(Supplier<T> answer) {
        if (failure != null) {
            throw failure;
        }
        return answer.get();
    }

    // As databases do whose collation ignores case: the first that looks alike.
    private UserModel linked(String realmId, FederatedIdentityModel wanted) {
        return new LinkedHashMap<>(links)
                .entrySet().stream()
                        .filter(link -> link.getKey().startsWith(realmId + "/"))
                        .filter(link -> link.getValue().getIdentityProvider().equals(wanted.getIdentityProvider())
                                && link.getValue().getUserId().equalsIgnoreCase(wanted.getUserId()))
                        .findFirst()
                        .flatMap(link -> existing(realmId, link.getKey().split("/")[1]))
                        .orElse(null);
    }

    private static String realmId(Object realm) {
        return ((RealmModel) realm).getId();
    }

    private static String userId(Object user) {
        return ((UserModel) user).getId();
    }
}
