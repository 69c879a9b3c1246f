package io.github.keycloaknylas.model;

import io.github.keycloaknylas.capture.FakeBroker;
import io.github.keycloaknylas.capture.LearnedApplications;
import io.github.keycloaknylas.ledger.ConnectedGrant;
import io.github.keycloaknylas.ledger.GrantEntity;
import io.github.keycloaknylas.ledger.GrantState;
import io.github.keycloaknylas.ledger.Ledger;
import io.github.keycloaknylas.ledger.LedgerView;
import io.github.keycloaknylas.ledger.Mailbox;
import java.time.Duration;
import java.util.Optional;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.UserModel;
import org.keycloak.sessions.AuthenticationSessionModel;

/** What people do. */
final class LoginSteps {

    private static final Duration DAY = Duration.ofDays(1);

    private LoginSteps() {}

    /**
     * Somebody comes back from Microsoft with a token.
     *
     * @param person who signs in to the account: its owner or, since addresses are given to others, a successor
     * @param opens the mailbox that the token opens, maybe another one than expected
     */
    record ReceiveToken(int login, int node, Account account, String person, String opens, boolean commits)
            implements Step {

        @Override
        public void run(Simulation simulation) {
            Node at = simulation.node(node);
            ProviderSetup provider = simulation.provider(account.realm());
            if (!provider.hasMapper()) {
                return;
            }
            // Two sign-ins at the very same moment say nothing of which is newer.
            simulation.pass(Duration.ofMillis(1));
            Mailbox mailbox = account.mailbox(simulation);
            Token token = simulation.reference().issued(login, mailbox, person, opens, at.millis());
            KeycloakSession session = simulation.request(at, account.realm());
            boolean wanted = provider.admits() && simulation.hasSealKey() && isNeeded(session, provider, mailbox, at);
            AuthenticationSessionModel arrived = simulation
                    .system()
                    .broker
                    .arrive(session, provider.settings(), mailbox, person, token.text(), "tab" + login);
            simulation.logins().put(login, arrived);
            end(session, commits);
            boolean kept = !FakeBroker.captures(arrived).isEmpty();
            Violation.unless(kept == (wanted && commits), "Of %s: kept is %s, wanted is %s", token, kept, wanted);
            if (commits && kept) {
                token.become(Token.Status.OPEN, 0);
            }
        }

        private boolean isNeeded(KeycloakSession session, ProviderSetup provider, Mailbox mailbox, Node at) {
            if (Ledger.of(session).isInUnknownState(mailbox)) {
                return false;
            }
            Optional<GrantEntity> row = Ledger.of(session).find(mailbox);
            if (row.filter(known -> known.is(GrantState.HELD)).isPresent()) {
                return isOld(
                        at,
                        LedgerView.of(session)
                                .grantStatus(mailbox)
                                .orElseThrow()
                                .stateSince());
            }
            return row.filter(known -> known.is(GrantState.CONNECTED)).isEmpty()
                    || isOfAnother(row.get())
                    || isElsewhere(row.get(), provider)
                    || provider == ProviderSetup.RENEWING_DAILY
                            && row.flatMap(GrantEntity::grant)
                                    .map(ConnectedGrant::connectedAt)
                                    .filter(since -> isOld(at, since))
                                    .isPresent();
        }

        private boolean isOfAnother(GrantEntity row) {
            return !("oid-" + person).equals(row.expectedIdentity().id());
        }

        private static boolean isElsewhere(GrantEntity row, ProviderSetup provider) {
            String connection = provider.settings().getOrDefault("connection", "default");
            return LearnedApplications.of(SystemUnderTest.settings(connection))
                    .filter(application -> !application.equals(
                            row.grant().orElseThrow().connection().application()))
                    .isPresent();
        }

        private static boolean isOld(Node at, long since) {
            return at.millis() - since > DAY.toMillis();
        }
    }

    /** A login ends: for this user, maybe twice at once because a form was sent twice. */
    record CompleteLogin(int login, int node, String user, boolean impersonated, boolean commits, boolean twice)
            implements Step {

        @Override
        public void run(Simulation simulation) {
            AuthenticationSessionModel started = simulation.logins().get(login);
            Optional<String> realm = simulation.reference().tokens().stream()
                    .filter(token -> token.login() == login)
                    .map(token -> token.mailbox().realmId())
                    .findFirst();
            if (started == null || simulation.user(realm.orElseThrow(), user).isEmpty()) {
                return;
            }
            UserModel person = simulation.user(realm.get(), user).get();
            KeycloakSession first = complete(simulation, realm.get(), started, person);
            Optional<KeycloakSession> second =
                    twice ? Optional.of(complete(simulation, realm.get(), started, person)) : Optional.empty();
            if (commits && !impersonated && simulation.isDirectoryUp()) {
                simulation
                        .reference()
                        .completed(
                                login,
                                realm.get(),
                                user,
                                simulation.provider(realm.get()).admits(),
                                simulation.node(node).millis());
            }
            end(first, commits);
            second.ifPresent(again -> {
                simulation.node(0).workers().merge();
                end(again, commits);
            });
        }

        private KeycloakSession complete(
                Simulation simulation, String realm, AuthenticationSessionModel started, UserModel person) {
            KeycloakSession session = simulation.request(simulation.node(node), realm);
            simulation.system().login.complete(session, started, person, impersonated);
            return session;
        }
    }

    private static void end(KeycloakSession session, boolean commits) {
        if (!commits) {
            session.getTransactionManager().setRollbackOnly();
        }
        session.close();
    }
}
