package io.github.keycloaknylas.model;

import static org.junit.jupiter.api.Assertions.fail;

import io.github.keycloaknylas.model.EnvironmentSteps.AdvanceClock;
import io.github.keycloaknylas.model.EnvironmentSteps.LoseGrant;
import io.github.keycloaknylas.model.EnvironmentSteps.SetProvider;
import io.github.keycloaknylas.model.GrantSteps.CheckTruth;
import io.github.keycloaknylas.model.GrantSteps.DeliverNotifications;
import io.github.keycloaknylas.model.GrantSteps.ExpireGrant;
import io.github.keycloaknylas.model.GrantSteps.LookAtGrant;
import io.github.keycloaknylas.model.GrantSteps.RenewGrant;
import io.github.keycloaknylas.model.LoginSteps.CompleteLogin;
import io.github.keycloaknylas.model.LoginSteps.ReceiveToken;
import io.github.keycloaknylas.model.WorkerSteps.CallNylas;
import io.github.keycloaknylas.model.WorkerSteps.LeaseRow;
import io.github.keycloaknylas.model.WorkerSteps.MergeCaptures;
import io.github.keycloaknylas.model.WorkerSteps.PrepareHandover;
import io.github.keycloaknylas.support.store.Engine;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Notifications of one grant in every order, once and twice, with a handover before, during or around each look: the
 * state is what Nylas reports.
 */
class NotificationOrderTest {

    private static final String MAILBOX = "ada";
    private static final Account ACCOUNT = new Account(Simulation.REALMS.get(0), MAILBOX);
    private static final Duration LONGER_THAN_A_HANDOVER = Duration.ofMinutes(5);
    private static final String UPDATED = "grant.updated";
    private static final List<String> TYPES = List.of("grant.created", UPDATED, "grant.expired", "grant.deleted");

    private SystemUnderTest system;

    private enum When {
        BEFORE,
        DURING,
        /** Nylas has answered it, which is recorded after the look. */
        AROUND
    }

    /** A handover and the look at this position, or none. */
    private record Handover(int position, When when) {

        static final Handover NONE = new Handover(-1, When.BEFORE);

        boolean is(When other, int look) {
            return position == look && when == other;
        }
    }

    @BeforeEach
    void open() throws Exception {
        system = new SystemUnderTest(Engine.H2);
    }

    @AfterEach
    void close() {
        system.close();
    }

    /**
     * @param late whether everything has happened before the first notification arrives; otherwise each arrives at once
     * @param times how often each arrives
     */
    @ParameterizedTest
    @CsvSource({"false, 1", "false, 2", "true, 1", "true, 2"})
    void whateverTheOrderTheStateIsWhatNylasReports(boolean late, int times) {
        for (List<String> order : permutations(TYPES)) {
            for (Handover handover : handovers()) {
                Case ordered = new Case(steps(order, late, times, handover));
                ordered.runSteps(system).ifPresent(broken -> fail(order + ", " + handover + ":\n" + ordered, broken));
            }
        }
    }

    private static List<List<String>> permutations(List<String> of) {
        if (of.isEmpty()) {
            return List.of(List.of());
        }
        List<List<String>> all = new ArrayList<>();
        of.forEach(first -> {
            List<String> others = new ArrayList<>(of);
            others.remove(first);
            permutations(others).forEach(rest -> {
                List<String> order = new ArrayList<>(List.of(first));
                order.addAll(rest);
                all.add(order);
            });
        });
        return all;
    }

    private static List<Handover> handovers() {
        List<Handover> all = new ArrayList<>(List.of(Handover.NONE, new Handover(TYPES.size(), When.BEFORE)));
        for (int look = 0; look < TYPES.size(); look++) {
            for (When when : When.values()) {
                all.add(new Handover(look, when));
            }
        }
        return all;
    }

    private static List<Step> steps(List<String> order, boolean late, int times, Handover handover) {
        List<Step> steps = new ArrayList<>(handover(1));
        // From now on, each sign-in leads to a handover.
        steps.add(new SetProvider(ACCOUNT.realm(), ProviderSetup.RENEWING_DAILY));
        steps.add(new AdvanceClock(Duration.ofHours(25)));
        if (late) {
            TYPES.forEach(type -> steps.addAll(happens(type)));
        }
        for (int look = 0; look < order.size(); look++) {
            if (handover.is(When.BEFORE, look)) {
                steps.addAll(handover(2));
            }
            List<Step> noticed = new ArrayList<>(late ? List.of() : happens(order.get(look)));
            noticed.add(new DeliverNotifications(order.get(look), times));
            noticed.add(new LookAtGrant(0, CallOutcome.DONE, handover.is(When.DURING, look) ? handover(2) : List.of()));
            if (handover.is(When.AROUND, look)) {
                steps.addAll(handover(2, noticed));
                steps.add(new AdvanceClock(LONGER_THAN_A_HANDOVER));
                TYPES.forEach(waiting -> steps.add(new LookAtGrant(0, CallOutcome.DONE, List.of())));
            } else {
                steps.addAll(noticed);
            }
            steps.add(new CheckTruth());
        }
        if (handover.is(When.BEFORE, order.size())) {
            steps.addAll(handover(2));
            steps.add(new CheckTruth());
        }
        // What the second handover led to.
        TYPES.forEach(type -> {
            steps.add(new DeliverNotifications(type, 1));
            steps.add(new LookAtGrant(0, CallOutcome.DONE, List.of()));
        });
        steps.add(new CheckTruth());
        return steps;
    }

    private static List<Step> happens(String type) {
        return switch (type) {
            case "grant.expired" -> List.of(new ExpireGrant(MAILBOX));
            case "grant.deleted" -> List.of(new LoseGrant(MAILBOX));
            case UPDATED -> List.of(new RenewGrant(MAILBOX));
            default -> List.of();
        };
    }

    private static List<Step> handover(int login) {
        return handover(login, List.of());
    }

    private static List<Step> handover(int login, List<Step> beforeItIsRecorded) {
        return List.of(
                new ReceiveToken(login, 0, ACCOUNT, MAILBOX, MAILBOX, true),
                new CompleteLogin(login, 0, "first", false, true, false),
                new MergeCaptures(0),
                new LeaseRow(0),
                new PrepareHandover(0),
                new CallNylas(0, CallOutcome.DONE, beforeItIsRecorded));
    }
}
