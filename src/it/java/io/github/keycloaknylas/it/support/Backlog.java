package io.github.keycloaknylas.it.support;

import com.nimbusds.jose.EncryptionMethod;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWEAlgorithm;
import com.nimbusds.jose.JWEHeader;
import com.nimbusds.jose.JWEObject;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.DirectEncrypter;
import io.github.keycloaknylas.ledger.ExpectedIdentity;
import io.github.keycloaknylas.ledger.ExpectedIdentityJson;
import io.github.keycloaknylas.testkit.microsoft.Account;
import io.github.keycloaknylas.testkit.microsoft.App;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.keycloak.representations.idm.FederatedIdentityRepresentation;
import org.keycloak.representations.idm.PartialImportRepresentation;
import org.keycloak.representations.idm.UserRepresentation;

/**
 * Many people whose logins completed and who wait for their grants, without the logins: the users come by a partial
 * import, and the captures by SQL, sealed with the server's key as a login seals them.
 */
public final class Backlog {

    private static final String ALIAS = "entra";

    private final MicrosoftRealm realm;
    private final String realmId;

    public Backlog(MicrosoftRealm realm) {
        this.realm = realm;
        this.realmId = realm.keycloak().admin().toRepresentation().getId();
    }

    public void add(int people) {
        List<Account> accounts =
                Stream.generate(MicrosoftRealm::somebody).limit(people).toList();
        PartialImportRepresentation users = new PartialImportRepresentation();
        users.setIfResourceExists("FAIL");
        users.setUsers(accounts.stream().map(Backlog::user).toList());
        try (Response response = realm.keycloak().admin().partialImport(users)) {
            if (response.getStatus() != 200) {
                throw new AssertionError("the import was answered with " + response.getStatus());
            }
        }
        LoadStage.TABLES.insert(
                "insert into nylas_capture (id, realm_id, alias, subject, login_hash, sealed_token, seal_key_id, expected,"
                        + " captured_at, expires_at, user_id, completed_at) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                accounts.stream().map(this::capture).toList());
    }

    private Object[] capture(Account account) {
        long now = System.currentTimeMillis();
        ExpectedIdentity identity = new ExpectedIdentity(
                account.id(), account.tenantId(), account.mail(), account.userPrincipalName(), null);
        return new Object[] {
            UUID.randomUUID().toString(),
            realmId,
            ALIAS,
            account.id(),
            "backlog",
            sealed(account),
            "server:default",
            ExpectedIdentityJson.write(identity),
            now,
            now + 1_800_000,
            userId(account),
            now
        };
    }

    private String sealed(Account account) {
        String token = Stage.MICROSOFT.issueRefreshToken(account, App.DEFAULT, Stage.SCOPES);
        JWEObject jwe = new JWEObject(
                new JWEHeader.Builder(JWEAlgorithm.DIR, EncryptionMethod.A256GCM)
                        .keyID("server:default")
                        .build(),
                new Payload(Map.of("realm", realmId, "alias", ALIAS, "subject", account.id(), "token", token)));
        try {
            jwe.encrypt(new DirectEncrypter(LoadStage.SEAL_KEY));
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
        return jwe.serialize();
    }

    private static String userId(Account account) {
        return account.id();
    }

    private static UserRepresentation user(Account account) {
        FederatedIdentityRepresentation link = new FederatedIdentityRepresentation();
        link.setIdentityProvider(ALIAS);
        link.setUserId(account.id());
        link.setUserName(account.userPrincipalName());
        UserRepresentation user = new UserRepresentation();
        user.setId(userId(account));
        user.setUsername(account.userPrincipalName());
        user.setEmail(account.mail());
        user.setEnabled(true);
        user.setFederatedIdentities(List.of(link));
        return user;
    }
}
