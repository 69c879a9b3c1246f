package io.github.keycloaknylas.it.support;

import io.github.keycloaknylas.hashing.Digests;
import io.github.keycloaknylas.ledger.Mailbox;
import io.github.keycloaknylas.testkit.nylas.Grant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * Many connected grants at the load environment's application, without sign-ins: users, links and rows of the ledger
 * are copies of those of one person, and the fake Nylas has a grant for each.
 */
public final class GrantCopies {

    private static final int BATCH = 1_000;

    private final String realmId;
    private final String original;

    private GrantCopies(String realmId, String original) {
        this.realmId = realmId;
        this.original = original;
    }

    /** @param userId whose grant is connected */
    public static GrantCopies of(MicrosoftRealm realm, String userId) {
        return new GrantCopies(realm.keycloak().admin().toRepresentation().getId(), userId);
    }

    private record Copy(String userId, Grant grant) {}

    /** Returns the new grants. In batches, so that their number is limited by the database alone. */
    public List<Grant> add(int grants) {
        List<Grant> all = new ArrayList<>();
        for (int left = grants; left > 0; left -= BATCH) {
            List<Grant> some = LoadEnvironment.CONNECTION.application().addGrants(mailboxes(Math.min(BATCH, left)));
            insert(some.stream()
                    .map(grant -> new Copy(grant.providerUserId(), grant))
                    .toList());
            all.addAll(some);
        }
        return all;
    }

    private static List<io.github.keycloaknylas.testkit.nylas.Mailbox> mailboxes(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> UUID.randomUUID().toString())
                .map(id -> new io.github.keycloaknylas.testkit.nylas.Mailbox(
                        id + "@contoso.example", id, null, List.of("Mail.Read", "Calendars.Read")))
                .toList();
    }

    private void insert(List<Copy> copies) {
        OurTables tables = LoadEnvironment.TABLES;
        String url = tables.query("select api_url from nylas_grant where user_id = '" + original + "'")
                .get(0);
        String application = LoadEnvironment.CONNECTION.application().id();
        new RowCopies<Copy>(tables, "user_entity", "id")
                .with("id", Copy::userId)
                .with("username", Copy::userId)
                .with("email", copy -> copy.grant().email())
                .with("email_constraint", copy -> copy.grant().email())
                .insert(original, copies);
        new RowCopies<Copy>(tables, "federated_identity", "user_id")
                .with("user_id", Copy::userId)
                .with("federated_user_id", Copy::userId)
                .insert(original, copies);
        // Otherwise the sweep would write them while something is measured.
        insertAttribute(copies, MicrosoftRealm.ATTRIBUTE, copy -> copy.grant().id());
        insertAttribute(copies, "nylas_grant_status", copy -> "connected");
        // By the primary key: no index begins with the user, so each copy would read the whole table.
        String row = tables.query("select id from nylas_grant where user_id = '" + original + "'")
                .get(0);
        new RowCopies<Copy>(tables, "nylas_grant", "id")
                .with("id", Copy::userId)
                .with("key_hash", copy -> new Mailbox(realmId, "entra", copy.userId()).hash())
                .with("subject", Copy::userId)
                .with("user_id", Copy::userId)
                .with("user_hash", copy -> Digests.sha256(realmId, copy.userId()))
                .with("expected", copy -> "{\"objectId\":\"" + copy.userId() + "\"}")
                .with("grant_id", copy -> copy.grant().id())
                .with(
                        "grant_hash",
                        copy -> Digests.sha256(url, application, copy.grant().id()))
                .with("email", copy -> copy.grant().email())
                .with("provider_user_id", Copy::userId)
                .with("attribute_user_id", Copy::userId)
                .with("attribute_value", copy -> copy.grant().id())
                .insert(row, copies);
    }

    private static void insertAttribute(List<Copy> copies, String name, Function<Copy, String> value) {
        LoadEnvironment.TABLES.insert(
                "insert into user_attribute (id, name, value, user_id) values (?, ?, ?, ?)",
                copies.stream()
                        .map(copy ->
                                new Object[] {UUID.randomUUID().toString(), name, value.apply(copy), copy.userId()})
                        .toList());
    }
}
