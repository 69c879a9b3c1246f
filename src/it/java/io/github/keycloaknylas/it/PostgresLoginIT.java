package io.github.keycloaknylas.it;

import static io.github.keycloaknylas.it.support.MicrosoftRealm.somebody;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.keycloaknylas.it.support.DistributionOnly;
import io.github.keycloaknylas.it.support.Figures;
import io.github.keycloaknylas.it.support.FullBuildOnly;
import io.github.keycloaknylas.it.support.HandoverCost;
import io.github.keycloaknylas.it.support.Handovers;
import io.github.keycloaknylas.it.support.LoginCost;
import io.github.keycloaknylas.it.support.MicrosoftRealm;
import io.github.keycloaknylas.it.support.StatementEnvironment;
import io.github.keycloaknylas.it.support.TestEnvironment;
import io.github.keycloaknylas.support.database.Transaction;
import io.github.keycloaknylas.testkit.microsoft.Account;
import io.github.keycloaknylas.testkit.nylas.ErrorFaults;
import io.github.keycloaknylas.testkit.nylas.ErrorShape;
import io.github.keycloaknylas.testkit.nylas.RecordedRequest;
import io.github.keycloaknylas.testkit.server.IdentityProvider;
import io.github.keycloaknylas.testkit.server.KeycloakServer;
import io.github.keycloaknylas.testkit.server.TestUser;
import io.github.keycloaknylas.testkit.signin.Attempt;
import io.github.keycloaknylas.testkit.signin.SignIn;
import io.github.keycloaknylas.testkit.signin.UserAgent;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What the extension adds to a login on PostgreSQL, statement by statement, and how soon after it Nylas is called. */
@DistributionOnly("it counts SQL statements")
@FullBuildOnly("it starts a server whose SQL statements are counted")
class PostgresLoginIT {

    private static final int WARM_UP = 3;
    private static final int MEASURED = 7;
    private static final int MOST_OF_A_HANDOVER = 18;
    private static final String SELECT = "SELECT nylas_grant";

    private static final List<String> FIGURES = new ArrayList<>(List.of(
            "SQL statements of a login on PostgreSQL: the browser's request from Microsoft back to Keycloak, returning"
                    + " user,",
            "caches warm, BEGIN/COMMIT and the workers' transactions not counted; median (least to most) of "
                    + MEASURED,
            "%-62s %-16s %s".formatted("login", "all", "ours")));

    private static final KeycloakServer SERVER = StatementEnvironment.keycloak();

    private final Account account = somebody();

    @AfterAll
    static void keepFigures() {
        Figures.write("sql-per-login.txt", FIGURES);
    }

    @AfterEach
    void cleanUp() {
        TestEnvironment.NYLAS.faults().clear();
    }

    @Test
    void aLoginThatNeedsNothingCostsOneSelectAndNoWrite() {
        try (MicrosoftRealm plain = without(MicrosoftRealm.oidc("entra"));
                MicrosoftRealm withAnother = withKeycloaksOwnMapper();
                MicrosoftRealm realm = MicrosoftRealm.withOidc(SERVER, Map.of())) {
            realm.awaitGrantId(realm.signIn("entra", account).tokens().userId());

            measure("oidc, without any mapper", plain, "entra");
            List<LoginCost> before = measure("oidc, with a mapper of Keycloak's own", withAnother, "entra");
            List<LoginCost> costs = measure("oidc, with the mapper, nothing needed", realm, "entra");

            assertThat(costs).extracting(LoginCost::ours).containsOnly(List.of(SELECT));
            assertThat(median(costs) - median(before)).isEqualTo(1);
        }
    }

    @Test
    void aLoginThatHandsOverCostsOneInsertMore() {
        // A grant that never comes: each login brings a token that is needed.
        TestEnvironment.NYLAS
                .faults()
                .always(
                        Handovers.of(account),
                        ErrorFaults.error(422, ErrorShape.STANDARD, "grant.strange_error", "Nobody knows."));
        try (MicrosoftRealm withAnother = withKeycloaksOwnMapper();
                MicrosoftRealm realm = MicrosoftRealm.withOidc(SERVER, Map.of())) {
            List<LoginCost> before = measure("oidc, with a mapper of Keycloak's own (again)", withAnother, "entra");
            List<LoginCost> costs = measure("oidc, with the mapper, handover", realm, "entra");

            assertThat(costs).extracting(LoginCost::ours).containsOnly(List.of(SELECT, "INSERT nylas_capture"));
            assertThat(median(costs) - median(before)).isBetween(2, 4);
        }
    }

    @Test
    void passwordAndSingleSignOnLoginsCostNothing() {
        TestUser ada = TestUser.named("ada");
        try (MicrosoftRealm realm = MicrosoftRealm.withOidc(SERVER, Map.of())) {
            realm.keycloak().addUser(ada);
            List<LoginCost> password = IntStream.range(0, MEASURED)
                    .mapToObj(i -> cost(() ->
                            SignIn.to(realm.keycloak()).open().password(ada).tokens()))
                    .toList();
            UserAgent browser = new UserAgent();
            realm.awaitGrantId(atMicrosoft(SignIn.to(realm.keycloak()).in(browser))
                    .tokens()
                    .userId());
            List<LoginCost> singleSignOn = IntStream.range(0, MEASURED)
                    .mapToObj(i -> cost(
                            () -> SignIn.to(realm.keycloak()).in(browser).open().tokens()))
                    .toList();

            note("password, realm with the mapper (all requests, tokens included)", password);
            note("single sign-on, realm with the mapper (all requests)", singleSignOn);
            assertThat(password).extracting(LoginCost::ours).containsOnly(List.of());
            assertThat(singleSignOn).extracting(LoginCost::ours).containsOnly(List.of());
        }
    }

    @Test
    void whatDiscardCostsOnTheSocialProviderIsKnown() {
        IdentityProvider keeping = MicrosoftRealm.social("microsoft");
        IdentityProvider storeless = new IdentityProvider("microsoft", keeping.type(), true, false, keeping.config());
        try (MicrosoftRealm off = without(storeless);
                MicrosoftRealm on = without(keeping);
                MicrosoftRealm kept = MicrosoftRealm.empty(SERVER);
                MicrosoftRealm discarded = MicrosoftRealm.empty(SERVER)) {
            kept.add(keeping, Map.of("discardAfterCapture", "false"));
            discarded.add(keeping, Map.of());
            kept.awaitGrantId(kept.signIn("microsoft", account).tokens().userId());
            Account other = somebody();
            discarded.awaitGrantId(discarded.signIn("microsoft", other).tokens().userId());

            measure("social, without the mapper, Store tokens off", off, "microsoft");
            measure("social, without the mapper, Store tokens on", on, "microsoft");
            List<LoginCost> keep = measure("social, with the mapper, Discard off, nothing needed", kept, "microsoft");
            List<LoginCost> discard =
                    measure("social, with the mapper, Discard on, nothing needed", discarded, "microsoft", other);

            assertThat(keep).extracting(LoginCost::ours).containsOnly(List.of(SELECT));
            assertThat(discard).extracting(LoginCost::ours).containsOnly(List.of(SELECT));
        }
    }

    @Test
    void theWorkersNeedFewStatementsForAWholeHandover() {
        List<HandoverCost> costs = new ArrayList<>();
        try (MicrosoftRealm realm = MicrosoftRealm.withOidc(SERVER, Map.of())) {
            for (int i = 0; i < WARM_UP + MEASURED; i++) {
                Account newcomer = somebody();
                Attempt attempt = SignIn.to(realm.keycloak()).through("entra").open();
                costs.add(HandoverCost.of(StatementEnvironment.transactionsDuring(() -> {
                    attempt.then(page -> page.browser().open(TestEnvironment.MICROSOFT.signIn(page.uri(), newcomer)));
                    Handovers.await(newcomer, 1);
                    StatementEnvironment.awaitSilence();
                })));
                realm.awaitGrantId(attempt.tokens().userId());
            }
        }
        HandoverCost cheapest = costs.stream()
                .skip(WARM_UP)
                .min(Comparator.comparingInt(HandoverCost::statements))
                .orElseThrow();
        FIGURES.add("%-62s %-16s %s"
                .formatted(
                        "a whole handover by a worker, new mailbox",
                        "%d in %d transactions".formatted(cheapest.statements(), cheapest.transactions()),
                        String.join("\n    ", cheapest.all())));

        assertThat(cheapest.statements())
                .as("the cheapest of %s: what other workers do meanwhile only adds to it", costs)
                .isLessThanOrEqualTo(MOST_OF_A_HANDOVER);
    }

    @Test
    void nylasIsCalledAsSoonAsTheLoginIsCommitted() {
        List<Long> millis = new ArrayList<>();
        try (MicrosoftRealm realm = MicrosoftRealm.withOidc(SERVER, Map.of())) {
            for (int i = 0; i < 25; i++) {
                Account newcomer = somebody();
                Attempt attempt = SignIn.to(realm.keycloak()).through("entra").open();
                List<Transaction> transactions = StatementEnvironment.transactionsDuring(() -> attempt.then(
                        page -> page.browser().open(TestEnvironment.MICROSOFT.signIn(page.uri(), newcomer))));
                Instant committed = transactions.stream()
                        .filter(transaction -> transaction.mentions("nylas_capture"))
                        .map(Transaction::ended)
                        .findFirst()
                        .orElseThrow();
                RecordedRequest request = Handovers.await(newcomer, 1).get(0);
                if (i >= 5) {
                    millis.add(Duration.between(committed, request.arrivedAt()).toMillis());
                }
                realm.awaitGrantId(attempt.tokens().userId());
            }
        }
        List<Long> sorted = millis.stream().sorted().toList();
        Figures.write(
                "commit-to-call.txt",
                List.of(
                        "From the COMMIT of the login in PostgreSQL's log to the request at Nylas, idle server, %d sign-ins:"
                                        .formatted(sorted.size())
                                + " min %d ms, median %d ms, max %d ms"
                                        .formatted(
                                                sorted.get(0),
                                                sorted.get(sorted.size() / 2),
                                                sorted.get(sorted.size() - 1))));

        assertThat(sorted.get(sorted.size() / 2)).isLessThan(1000);
    }

    /** Keycloak reads the settings of any mapper by a statement of its own: what one of its own mappers costs, too. */
    private static MicrosoftRealm withKeycloaksOwnMapper() {
        MicrosoftRealm realm = without(MicrosoftRealm.oidc("entra"));
        realm.keycloak()
                .addMapper(
                        "entra",
                        "hardcoded-attribute-idp-mapper",
                        Map.of("attribute", "department", "attribute.value", "Sales"));
        return realm;
    }

    private static MicrosoftRealm without(IdentityProvider provider) {
        MicrosoftRealm realm = MicrosoftRealm.empty(SERVER);
        realm.keycloak().addProvider(provider);
        return realm;
    }

    private List<LoginCost> measure(String login, MicrosoftRealm realm, String alias) {
        return measure(login, realm, alias, account);
    }

    private static List<LoginCost> measure(String login, MicrosoftRealm realm, String alias, Account person) {
        List<LoginCost> costs = IntStream.range(0, WARM_UP + MEASURED)
                .mapToObj(i -> {
                    Attempt attempt = SignIn.to(realm.keycloak()).through(alias).open();
                    URI back = TestEnvironment.MICROSOFT.signIn(attempt.page().uri(), person);
                    LoginCost cost =
                            cost(() -> attempt.then(page -> page.browser().open(back)));
                    attempt.tokens();
                    return cost;
                })
                .skip(WARM_UP)
                .toList();
        note(login, costs);
        return costs;
    }

    private static LoginCost cost(Runnable request) {
        return LoginCost.of(StatementEnvironment.transactionsDuring(request));
    }

    private static void note(String login, List<LoginCost> costs) {
        List<Integer> all = costs.stream().map(LoginCost::all).sorted().toList();
        FIGURES.add("%-62s %-16s %s"
                .formatted(
                        login,
                        "%d (%d to %d)".formatted(median(costs), all.get(0), all.get(all.size() - 1)),
                        costs.stream().map(LoginCost::ours).distinct().toList()));
    }

    private static int median(List<LoginCost> costs) {
        return costs.stream().map(LoginCost::all).sorted().toList().get(costs.size() / 2);
    }

    private Attempt atMicrosoft(SignIn signIn) {
        return MicrosoftRealm.atMicrosoft(signIn.through("entra").open(), account);
    }
}
