package io.github.keycloaknylas.model;

import io.github.keycloaknylas.capture.PlayedBroker;
import io.github.keycloaknylas.ledger.ConnectedGrant;
import io.github.keycloaknylas.ledger.GrantEntity;
import io.github.keycloaknylas.ledger.GrantState;
import io.github.keycloaknylas.ledger.Ledger;
import java.time.Duration;
import java.util.Optional;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.UserModel;
import org.keycloak.sessions.AuthenticationSessionModel;

/** What people do. */
final class LoginSteps {

    private LoginSteps() {}

    /** Somebody comes back from Microsoft with a token, maybe of another mailbox than expected. */
    record Arrives(int login, int node, Account account, String mailbox, boolean commits) implements Step {

        @Override
        public void run(World world) {
            Node at = world.node(node);
            ProviderIs provider = world.provider(account.realm());
            if (!provider.hasMapper()) {
                return;
            }
            // Two sign-ins at the very same moment say nothing of which is newer.
            world.pass(Duration.ofMillis(1));
            Token token = world.truth().issued(login, account, mailbox, at.millis());
            KeycloakSession session = world.request(at, account.realm());
            boolean wanted = provider.admits() && world.hasSealKey() && isNeeded(session, provider, at);
            AuthenticationSessionModel arrived = world.rig()
                    .broker
                    .arrive(session, provider.settings(), account.name(), token.text(), "tab" + login);
            world.logins().put(login, arrived);
            boolean kept = !PlayedBroker.captures(arrived).isEmpty();
            Violation.unless(kept == wanted, "Of %s: kept is %s, wanted is %s", token, kept, wanted);
            if (commits && kept) {
                token.settle(Token.Stands.OPEN, 0);
            }
            end(session, commits);
        }

        private boolean isNeeded(KeycloakSession session, ProviderIs provider, Node at) {
            Optional<GrantEntity> row = Ledger.of(session).find(account.mailbox());
            boolean works = row.filter(known -> known.is(GrantState.CONNECTED)).isPresent();
            boolean old = provider == ProviderIs.RENEWING_DAILY
                    && row.flatMap(GrantEntity::grant)
                            .map(ConnectedGrant::connectedAt)
                            .filter(since ->
                                    at.millis() - since > Duration.ofDays(1).toMillis())
                            .isPresent();
            return !works || old;
        }
    }

    /** A login ends: for this user, maybe twice at once because a form was sent twice. */
    record Completes(int login, int node, String user, boolean impersonated, boolean commits, boolean twice)
            implements Step {

        @Override
        public void run(World world) {
            AuthenticationSessionModel started = world.logins().get(login);
            Optional<String> realm = world.truth().tokens().stream()
                    .filter(token -> token.login() == login)
                    .map(token -> token.account().realm())
                    .findFirst();
            if (started == null || world.user(realm.orElseThrow(), user).isEmpty()) {
                return;
            }
            UserModel person = world.user(realm.get(), user).get();
            KeycloakSession first = complete(world, realm.get(), started, person);
            Optional<KeycloakSession> second =
                    twice ? Optional.of(complete(world, realm.get(), started, person)) : Optional.empty();
            if (commits && !impersonated && world.isDirectoryUp()) {
                world.truth()
                        .completed(
                                login,
                                realm.get(),
                                user,
                                world.provider(realm.get()).admits(),
                                world.node(node).millis());
            }
            end(first, commits);
            second.ifPresent(again -> {
                world.node(0).workers().merge();
                end(again, commits);
            });
        }

        private KeycloakSession complete(
                World world, String realm, AuthenticationSessionModel started, UserModel person) {
            KeycloakSession session = world.request(world.node(node), realm);
            world.rig().login.complete(session, started, person, impersonated);
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
