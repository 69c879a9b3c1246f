package io.github.keycloaknylas.it.support;

import io.github.keycloaknylas.testkit.http.Json;
import io.github.keycloaknylas.testkit.microsoft.Account;
import io.github.keycloaknylas.testkit.microsoft.App;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Many people whose tokens Keycloak has stored with their links, without the logins: all is inserted by SQL. */
public final class StoredTokens {

    private static final int BATCH = 1_000;

    private final OurTables tables;
    private final String alias;
    private final String realmId;

    public StoredTokens(OurTables tables, MicrosoftRealm realm, String alias) {
        this.tables = tables;
        this.alias = alias;
        this.realmId = realm.keycloak().admin().toRepresentation().getId();
    }

    /** In batches, so that their number is limited by the database alone. Returns those of the last batch. */
    public List<Account> add(int people) {
        List<Account> last = List.of();
        for (int left = people; left > 0; left -= BATCH) {
            last = addBatch(Math.min(BATCH, left));
        }
        return last;
    }

    private List<Account> addBatch(int people) {
        List<Account> accounts =
                Stream.generate(MicrosoftRealm::somebody).limit(people).toList();
        tables.insert(
                "insert into user_entity (id, realm_id, username, email, email_constraint, enabled, email_verified,"
                        + " not_before, created_timestamp) values (?, ?, ?, ?, ?, true, false, 0, ?)",
                accounts.stream().map(this::user).toList());
        tables.insert(
                "insert into federated_identity (identity_provider, realm_id, federated_user_id, federated_username,"
                        + " user_id, token) values (?, ?, ?, ?, ?, ?)",
                accounts.stream().map(this::link).toList());
        return accounts;
    }

    private Object[] user(Account account) {
        String name = account.userPrincipalName();
        return new Object[] {account.id(), realmId, name, account.mail(), account.mail(), System.currentTimeMillis()};
    }

    private Object[] link(Account account) {
        return new Object[] {alias, realmId, account.id(), account.userPrincipalName(), account.id(), response(account)
        };
    }

    /** The ID token has the claims that the extension reads. */
    private static String response(Account account) {
        String token = TestEnvironment.MICROSOFT.issueRefreshToken(account, App.DEFAULT, TestEnvironment.SCOPES);
        return json(Map.of(
                "access_token",
                "stored",
                "refresh_token",
                token,
                "scope",
                TestEnvironment.SCOPES,
                "id_token",
                encoded(Map.of("alg", "RS256")) + "."
                        + encoded(Map.of("oid", account.id(), "tid", account.tenantId(), "email", account.mail()))
                        + ".c2lnbmF0dXJl"));
    }

    private static String encoded(Map<String, String> part) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(json(part).getBytes(StandardCharsets.UTF_8));
    }

    private static String json(Map<String, String> members) {
        return Json.write(members);
    }
}
