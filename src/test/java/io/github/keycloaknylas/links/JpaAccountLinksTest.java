package io.github.keycloaknylas.links;

import static io.github.keycloaknylas.links.Users.REALM;
import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;

import io.github.keycloaknylas.links.AccountLinks.Answer;
import io.github.keycloaknylas.links.AccountLinks.Link;
import io.github.keycloaknylas.links.AccountLinks.Owner;
import io.github.keycloaknylas.links.AccountLinks.Status;
import io.github.keycloaknylas.support.store.Engine;
import io.github.keycloaknylas.support.store.OnEveryDatabase;
import io.github.keycloaknylas.support.store.TestDatabase;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.keycloak.models.UserProvider;
import org.keycloak.storage.DatastoreProvider;
import org.keycloak.storage.federated.UserFederatedStorageProvider;

/** Links of local, imported and federated users, by Keycloak's tables. */
@OnEveryDatabase
class JpaAccountLinksTest {

    private static final String ADA = "ada";
    private static final String FRED = "f:ldap:fred";
    private static final Answer NOT_LINKED = new Answer(Status.NOT_LINKED, null);
    private static final Answer UNKNOWN = new Answer(Status.UNKNOWN, null);

    private final AccountLinks links = new JpaAccountLinks();
    private final Users users;

    JpaAccountLinksTest(Engine engine) {
        users = new Users(TestDatabase.empty(engine));
        users.local(ADA);
        users.federated(FRED);
    }

    private void linked(String userId, String alias, String subject) {
        users.link(REALM, userId, alias, subject);
        users.settle();
    }

    private Answer read(String userId, String alias) {
        return links.read(users.session, REALM, userId, alias);
    }

    private Owner owner(String alias, String subject) {
        return links.owner(users.session, REALM, alias, subject);
    }

    private static Answer linkedTo(String subject) {
        return new Answer(Status.LINKED, subject);
    }

    @Test
    void theLinksOfBothKindsOfUsersAreReadWithTheirSubjects() {
        linked(ADA, "microsoft", "subject-a");
        linked(ADA, "google", "subject-g");
        linked(FRED, "microsoft", "subject-f");

        Map<Link, Answer> answers = links.read(
                users.session,
                REALM,
                List.of(
                        new Link(ADA, "microsoft"),
                        new Link(ADA, "other"),
                        new Link(FRED, "microsoft"),
                        new Link("nobody", "google"),
                        new Link(FRED, "google")));

        assertThat(answers)
                .containsOnly(
                        Map.entry(new Link(ADA, "microsoft"), linkedTo("subject-a")),
                        Map.entry(new Link(ADA, "other"), NOT_LINKED),
                        Map.entry(new Link(FRED, "microsoft"), linkedTo("subject-f")),
                        Map.entry(new Link("nobody", "google"), NOT_LINKED),
                        Map.entry(new Link(FRED, "google"), NOT_LINKED));
    }

    @Test
    void aLinkOfAnotherRealmIsNone() {
        users.link("elsewhere", ADA, "microsoft", "subject-a");
        users.link("elsewhere", FRED, "microsoft", "subject-f");
        users.settle();

        assertThat(read(ADA, "microsoft")).isEqualTo(NOT_LINKED);
        assertThat(read(FRED, "microsoft")).isEqualTo(NOT_LINKED);
        assertThat(owner("microsoft", "subject-a")).isEqualTo(new Owner(Status.NOT_LINKED, null));
        assertThat(owner("microsoft", "subject-f")).isEqualTo(new Owner(Status.NOT_LINKED, null));
    }

    @Test
    void idsAndAliasesAndSubjectsAreComparedExactlyWhateverTheDatabaseIgnores() {
        linked(ADA, "microsoft", "Subject");
        linked(FRED, "microsoft", "Other");

        assertThat(read("ADA", "microsoft")).isEqualTo(NOT_LINKED);
        assertThat(read(ADA, "Microsoft")).isEqualTo(NOT_LINKED);
        assertThat(read("f:ldap:Fred", "microsoft")).isEqualTo(NOT_LINKED);
        assertThat(read(FRED, "MICROSOFT")).isEqualTo(NOT_LINKED);
        assertThat(owner("microsoft", "subject").status()).isEqualTo(Status.NOT_LINKED);
        assertThat(owner("Microsoft", "Subject").status()).isEqualTo(Status.NOT_LINKED);
        assertThat(owner("microsoft", "other").status()).isEqualTo(Status.NOT_LINKED);
    }

    @Test
    void theOwnerOfAnAccountIsFoundInBothTables() {
        linked(ADA, "microsoft", "subject-a");
        linked(FRED, "microsoft", "subject-f");

        assertThat(owner("microsoft", "subject-a")).isEqualTo(new Owner(Status.LINKED, ADA));
        assertThat(owner("microsoft", "subject-f")).isEqualTo(new Owner(Status.LINKED, FRED));
        assertThat(owner("google", "subject-a")).isEqualTo(new Owner(Status.NOT_LINKED, null));
    }

    @Test
    void whereLocalUsersAreKeptElsewhereNothingFollowsFromAnEmptyTable() {
        linked(FRED, "microsoft", "subject-f");
        users.keepLocalUsersIn(mock(UserProvider.class));

        assertThat(read(ADA, "microsoft")).isEqualTo(UNKNOWN);
        assertThat(read(FRED, "microsoft")).isEqualTo(linkedTo("subject-f"));
        assertThat(owner("microsoft", "subject-a").status()).isEqualTo(Status.UNKNOWN);
        assertThat(owner("microsoft", "subject-f")).isEqualTo(new Owner(Status.LINKED, FRED));
    }

    @Test
    void whereFederatedUsersAreKeptElsewhereNothingFollowsFromAnEmptyTable() {
        linked(ADA, "microsoft", "subject-a");
        users.keepFederatedUsersIn(mock(UserFederatedStorageProvider.class));

        assertThat(read(FRED, "microsoft")).isEqualTo(UNKNOWN);
        assertThat(read(ADA, "microsoft")).isEqualTo(linkedTo("subject-a"));
        assertThat(owner("microsoft", "subject-f").status()).isEqualTo(Status.UNKNOWN);
        assertThat(owner("microsoft", "subject-a")).isEqualTo(new Owner(Status.LINKED, ADA));
    }

    @Test
    void aWholeStoreOfAnotherKindIsUnknown() {
        users.keepEverythingIn(mock(DatastoreProvider.class));

        assertThat(read(ADA, "microsoft")).isEqualTo(UNKNOWN);
    }

    @Test
    void aStatementAsksForAtMostFiveHundred() {
        users.local("user-700");
        linked("user-700", "microsoft", "subject-700");
        List<Link> many = IntStream.range(0, 1001)
                .mapToObj(number -> new Link("user-" + number, "microsoft"))
                .toList();

        Map<Link, Answer> answers = links.read(users.session, REALM, many);

        assertThat(users.queries).hasSize(3);
        assertThat(answers).hasSize(1001).containsEntry(new Link("user-700", "microsoft"), linkedTo("subject-700"));
        assertThat(Collections.frequency(answers.values(), NOT_LINKED)).isEqualTo(1000);
    }

    @Test
    void onlyColumnsAreReadAndNeverTheToken() {
        linked(ADA, "microsoft", "subject-a");

        read(ADA, "microsoft");
        read(FRED, "microsoft");
        owner("microsoft", "nobody");

        assertThat(users.queries)
                .hasSize(4)
                .allMatch(query ->
                        query.matches("select \\w\\.(user\\.id|userId), \\w\\.identityProvider, \\w\\.\\w+ from .*"))
                .noneMatch(query -> query.contains("token"));
    }

    @Test
    void whoAsksForNothingGetsNothingWithoutAStatement() {
        assertThat(links.read(users.session, REALM, List.of())).isEmpty();
        assertThat(users.queries).isEmpty();
    }
}
