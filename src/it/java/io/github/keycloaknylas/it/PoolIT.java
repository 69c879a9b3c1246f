package io.github.keycloaknylas.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.keycloaknylas.it.support.DistributionOnly;
import io.github.keycloaknylas.it.support.Figures;
import io.github.keycloaknylas.it.support.FullBuildOnly;
import io.github.keycloaknylas.it.support.MicrosoftRealm;
import io.github.keycloaknylas.it.support.PostgresEnvironment;
import io.github.keycloaknylas.it.support.Timing;
import io.github.keycloaknylas.testkit.microsoft.Account;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Far more people sign in at the same moment than the database pool has connections. */
@DistributionOnly("it measures")
@FullBuildOnly("it measures")
class PoolIT {

    private static final int PEOPLE = 24;

    @Test
    void everybodySignsInEverybodyGetsAGrantAndNothingIsWarnedOf() throws Exception {
        List<Account> people =
                Stream.generate(MicrosoftRealm::somebody).limit(PEOPLE).toList();
        List<String> figures = new ArrayList<>();
        String before = PostgresEnvironment.keycloak().log();
        figures.add("%d sign-ins at once, database pool of %d, wall time of all sign-ins in ms"
                .formatted(PEOPLE, PostgresEnvironment.POOL));
        try (MicrosoftRealm plain = MicrosoftRealm.empty(PostgresEnvironment.keycloak());
                MicrosoftRealm realm = MicrosoftRealm.withOidc(PostgresEnvironment.keycloak(), Map.of())) {
            plain.keycloak().addProvider(MicrosoftRealm.oidc("entra"));
            figures.add("without mapper, first sign-in     %6d"
                    .formatted(signInAtOnce(plain, people).toMillis()));
            figures.add("without mapper, second sign-in    %6d"
                    .formatted(signInAtOnce(plain, people).toMillis()));
            long begin = System.nanoTime();
            figures.add("with mapper, first sign-in        %6d"
                    .formatted(signInAtOnce(realm, people).toMillis()));
            for (Account account : people) {
                realm.awaitGrantId(realm.user(account).getId());
            }
            figures.add("  until the last grant was shown  %6d"
                    .formatted(Duration.ofNanos(System.nanoTime() - begin).toMillis()));
            figures.add("with mapper, second sign-in       %6d"
                    .formatted(signInAtOnce(realm, people).toMillis()));

            assertThat(people)
                    .allSatisfy(account ->
                            assertThat(MicrosoftRealm.handovers(account)).isEqualTo(1));
        }
        assertThat(PostgresEnvironment.keycloak()
                        .log()
                        .substring(before.length())
                        .lines())
                // The sweep reports the realms that earlier tests have removed.
                .filteredOn(line -> !line.contains("no unlink was seen"))
                .noneMatch(line -> line.contains(" WARN ") || line.contains(" ERROR "));
        Figures.write("pool.txt", figures);
    }

    /** Fails if a single one does not end in tokens. */
    private static Duration signInAtOnce(MicrosoftRealm realm, List<Account> people) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(people.size());
        CyclicBarrier start = new CyclicBarrier(people.size() + 1);
        try {
            List<Future<String>> signIns = people.stream()
                    .map(account -> threads.submit(signIn(realm, account, start)))
                    .toList();
            start.await();
            return Timing.of(() -> signIns.forEach(PoolIT::finished));
        } finally {
            threads.shutdown();
        }
    }

    private static Callable<String> signIn(MicrosoftRealm realm, Account account, CyclicBarrier start) {
        return () -> {
            start.await();
            return realm.signIn("entra", account).tokens().userId();
        };
    }

    private static void finished(Future<String> signIn) {
        try {
            assertThat(signIn.get()).isNotBlank();
        } catch (ExecutionException e) {
            throw new AssertionError("a sign-in failed", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
