package io.github.keycloaknylas.testkit.store;

import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.doAnswer;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;
import static org.mockito.Mockito.withSettings;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.keycloak.models.FederatedIdentityModel;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.models.UserProvider;

/** Users and their links. */
final class PlayedUserStore {

    private final Map<String, PlayedUser> users = new ConcurrentHashMap<>();
    private final Map<String, FederatedIdentityModel> links = new ConcurrentHashMap<>();
    private final UserProvider model = newModel();
    private volatile RuntimeException failure;

    UserProvider model() {
        return model;
    }

    PlayedUser user(String realmId, String id) {
        return users.computeIfAbsent(realmId + "/" + id, missing -> new PlayedUser(id));
    }

    Optional<UserModel> existing(String realmId, String id) {
        return Optional.ofNullable(users.get(realmId + "/" + id)).map(PlayedUser::model);
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

    /** As a directory that is down does; null for one that is up again. */
    void fail(RuntimeException with) {
        failure = with;
    }

    private UserProvider newModel() {
        UserProvider provider = mock(UserProvider.class, withSettings().stubOnly());
        when(provider.getUserById(any(), any()))
                .thenAnswer(call -> unlessDown(() -> existing(realmId(call.getArgument(0)), call.getArgument(1))
                        .orElse(null)));
        when(provider.getFederatedIdentity(any(), any(), any()))
                .thenAnswer(call -> unlessDown(() -> links.get(realmId(call.getArgument(0)) + "/"
                        + call.<UserModel>getArgument(1).getId() + "/" + call.getArgument(2))));
        when(provider.getUserByFederatedIdentity(any(), any()))
                .thenAnswer(call -> unlessDown(() -> linked(realmId(call.getArgument(0)), call.getArgument(1))));
        doAnswer(call -> {
                    link(
                            realmId(call.getArgument(0)),
                            call.<UserModel>getArgument(1).getId(),
                            call.getArgument(2));
                    return null;
                })
                .when(provider)
                .updateFederatedIdentity(any(), any(), any());
        return provider;
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

    private static String realmId(RealmModel realm) {
        return realm.getId();
    }
}
