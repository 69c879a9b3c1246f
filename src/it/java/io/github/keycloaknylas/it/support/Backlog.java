package io.github.keycloaknylas.it.support;

import com.nimbusds.jose.EncryptionMethod;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWEAlgorithm;
import com.nimbusds.jose.JWEHeader;
import com.nimbusds.jose.JWEObject;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.DirectEncrypter;
import io.github.keycloaknylas.ledger.ExpectedIdentityJson;
import io.github.keycloaknylas.mail.ExpectedIdentity;
import io.github.keycloaknylas.testkit.microsoft.Account;
import io.github.keycloaknylas.testkit.microsoft.App;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * Many people whose logins completed and who wait for their grants, without the logins: users, links and captures
 * are inserted by SQL, the captures sealed with the server's key as a login seals them.
 */
public final class Backlog {

    private static final String ALIAS = "entra";
    private static final int BATCH = 1_000;

    private final MicrosoftRealm realm;
    private final String realmId;

    public Backlog(MicrosoftRealm realm) {
        this.realm = realm;
        this.realmId = realm.keycloak().admin().toRepresentation().getId();
    }

    /** In batches, so that their number is limited by the database alone. */
    public void add(int people) {
        for (int left = people; left > 0; left -= BATCH) {
            addBatch(Math.min(BATCH, left));
        }
    }

    private void addBatch(int people) {
        List<Account> accounts =
                Stream.generate(MicrosoftRealm::somebody).limit(people).toList();
        LoadEnvironment.TABLES.insert(
                "insert into user_entity (id, realm_id, username, email, email_constraint, enabled, email_verified,"
                        + " not_before, created_timestamp) values (?, ?, ?, ?, ?, true, false, 0, ?)",
                accounts.stream().map(this::user).toList());
        LoadEnvironment.TABLES.insert(
                "insert into federated_identity (identity_provider, realm_id, federated_user_id, federated_username,"
                        + " user_id) values (?, ?, ?, ?, ?)",
                accounts.stream().map(this::link).toList());
        LoadEnvironment.TABLES.insert(
                "insert into nylas_capture (id, realm_id, alias, subject, login_hash, sealed_token, seal_key_id,"
                        + " expected, captured_at, expires_at, user_id, completed_at) values (?, ?, ?, ?, ?, ?, ?, ?,"
                        + " ?, ?, ?, ?)",
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
            account.id(),
            now
        };
    }

    private String sealed(Account account) {
        String token = TestEnvironment.MICROSOFT.issueRefreshToken(account, App.DEFAULT, TestEnvironment.SCOPES);
        JWEObject jwe = new JWEObject(
                new JWEHeader.Builder(JWEAlgorithm.DIR, EncryptionMethod.A256GCM)
                        .keyID("server:default")
                        .build(),
                new Payload(Map.of("realm", realmId, "alias", ALIAS, "subject", account.id(), "token", token)));
        try {
            jwe.encrypt(new DirectEncrypter(LoadEnvironment.SEAL_KEY));
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
        return jwe.serialize();
    }

    private Object[] user(Account account) {
        String name = account.userPrincipalName();
        return new Object[] {account.id(), realmId, name, account.mail(), account.mail(), System.currentTimeMillis()};
    }

    private Object[] link(Account account) {
        return new Object[] {ALIAS, realmId, account.id(), account.userPrincipalName(), account.id()};
    }
}
