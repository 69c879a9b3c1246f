package io.github.keycloaknylas.links;

import static io.github.keycloaknylas.links.Users.REALM;
import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import io.github.keycloaknylas.support.store.Engine;
import io.github.keycloaknylas.support.store.OnEveryDatabase;
import io.github.keycloaknylas.support.store.TestDatabase;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.keycloak.common.util.MultivaluedHashMap;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.models.cache.UserCache;
import org.keycloak.storage.federated.UserFederatedStorageProvider;
import org.mockito.ArgumentCaptor;

/** Attributes go to Keycloak's own stores, for users that are there. */
@OnEveryDatabase
class StoredUserAttributesTest {

    private static final String ADA = "ada";
    private static final String FRED = "f:ldap:fred";
    private static final String NAME = "nylas_grant_id";

    private final UserAttributes attributes = new StoredUserAttributes();
    private final RealmModel realm = Users.realm(REALM);
    private final TestDatabase database;
    private final Users users;

    StoredUserAttributesTest(Engine engine) {
        database = TestDatabase.empty(engine);
        users = new Users(database);
        users.local(ADA);
        users.federated(FRED);
        users.settle();
    }

    private boolean write(String userId, String value) {
        boolean written = attributes.write(users.session, realm, userId, NAME, value);
        users.settle();
        return written;
    }

    @ParameterizedTest
    @ValueSource(strings = {ADA, FRED})
    void anAttributeIsWrittenReplacedAndRemoved(String userId) {
        assertThat(attributes.exists(users.session, realm, userId)).isTrue();
        assertThat(attributes.read(users.session, realm, userId, NAME)).isEmpty();

        assertThat(write(userId, "first")).isTrue();
        assertThat(attributes.read(users.session, realm, userId, NAME)).contains("first");

        assertThat(write(userId, "second")).isTrue();
        assertThat(attributes.read(users.session, realm, userId, NAME)).contains("second");

        assertThat(attributes.remove(users.session, realm, userId, NAME)).isTrue();
        users.settle();
        assertThat(attributes.read(users.session, realm, userId, NAME)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"nobody", "f:ldap:nobody", "f:ldap:FRED"})
    void forAMissingUserNothingIsWritten(String userId) {
        assertThat(attributes.exists(users.session, realm, userId)).isFalse();
        assertThat(write(userId, "value")).isFalse();
        assertThat(attributes.remove(users.session, realm, userId, NAME)).isFalse();
        assertThat(attributes.read(users.session, realm, userId, NAME)).isEmpty();
        verify(users.cache, never()).evict(any(), any());
    }

    @ParameterizedTest
    @ValueSource(strings = {ADA, FRED})
    void aUserOfAnotherRealmIsMissing(String userId) {
        RealmModel other = Users.realm("elsewhere");

        assertThat(attributes.write(users.session, other, userId, NAME, "value"))
                .isFalse();
        assertThat(attributes.read(users.session, realm, userId, NAME)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {ADA, FRED})
    void theCacheForgetsTheUser(String userId) {
        write(userId, "value");

        ArgumentCaptor<UserModel> evicted = ArgumentCaptor.forClass(UserModel.class);
        verify(users.cache).evict(any(), evicted.capture());
        assertThat(evicted.getValue().getId()).isEqualTo(userId);
        assertThat(evicted.getValue().getUsername()).isNotNull();
        assertThat(evicted.getValue().getEmail()).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {ADA, FRED})
    void itWorksWithoutACache(String userId) {
        when(users.session.getProvider(UserCache.class)).thenReturn(null);

        assertThat(write(userId, "value")).isTrue();
    }

    @Test
    void aLocalUserIsReadWithAllAttributesInOneStatement() {
        write(ADA, "value");

        assertThat(database.statements(() -> {
                    attributes.read(users.session, realm, ADA, NAME);
                    attributes.read(users.session, realm, ADA, "other");
                }))
                .hasSize(1);
    }

    @Test
    void aFederatedStorageOfAnotherKindIsTrusted() {
        UserFederatedStorageProvider other = mock(UserFederatedStorageProvider.class);
        when(other.getAttributes(realm, "f:x:anybody")).thenReturn(new MultivaluedHashMap<>());
        users.keepFederatedUsersIn(other);

        assertThat(attributes.write(users.session, realm, "f:x:anybody", NAME, "value"))
                .isTrue();

        verify(other).setSingleAttribute(realm, "f:x:anybody", NAME, "value");
        assertThat(attributes.read(users.session, realm, "f:x:anybody", NAME)).isEmpty();
    }
}
