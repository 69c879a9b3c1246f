package io.github.keycloaknylas.backfill;

import io.github.keycloaknylas.capture.Seal;
import io.github.keycloaknylas.config.MapperSettings;
import io.github.keycloaknylas.ledger.BackfilledMailboxes;
import io.github.keycloaknylas.ledger.Mailbox;
import io.github.keycloaknylas.ledger.MailboxCounts;
import java.util.List;
import java.util.Optional;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;

/** Checks whether tokens of an identity provider can be queued. */
final class BackfillConditions {

    /** Seconds of work that may wait: what waits in an outage of Nylas would outlive its retention there. */
    static final int MOST_WAITING_SECONDS = 60;

    private BackfillConditions() {}

    /**
     * Returns what an administrator has to correct first.
     *
     * @param session bound to the realm
     */
    static Optional<BackfillObstacle> obstacle(KeycloakSession session, RealmModel realm, String alias) {
        if (session.identityProviders().getByAlias(alias) == null) {
            return Optional.of(BackfillObstacle.of(
                    "provider_missing",
                    "The realm has no identity provider of this alias any more. Cancel the backfill."));
        }
        Optional<MapperSettings> mapper = MapperSettings.find(session, alias);
        if (mapper.isEmpty()) {
            return Optional.of(BackfillObstacle.of(
                    "mapper_missing", "The provider has no Nylas mapper. Add one, which says who gets a grant."));
        }
        if (!mapper.get().audience().clients().isEmpty()) {
            return Optional.of(BackfillObstacle.of(
                    "mapper_clients",
                    "The mapper makes grants at sign-ins to certain clients only, and a stored token does not say which"
                            + " client it was for. Users get their grants at their next sign-in; or clear 'Clients' of"
                            + " the mapper during the backfill."));
        }
        List<String> problems = mapper.get().audience().problems(session, realm);
        if (!problems.isEmpty()) {
            return Optional.of(BackfillObstacle.of("mapper_audience", problems.get(0)));
        }
        return Seal.problem(session).map(problem -> BackfillObstacle.of("seal_key", problem));
    }

    /** Returns why a run that is not a dry run has to wait although its settings are right. */
    static Optional<BackfillObstacle> delay(KeycloakSession session, BackfillEntity run, MapperSettings mapper) {
        Optional<Integer> maximum = mapper.maximumGrants();
        if (maximum.isPresent()
                && MailboxCounts.of(session).countGrants(new Mailbox(run.realmId(), run.alias(), null))
                        >= maximum.get()) {
            return Optional.of(BackfillObstacle.of(
                    "no_grant_left",
                    "The provider has the " + maximum.get() + " grants that its mapper allows. Raise 'Maximum number of"
                            + " grants' of the mapper, or cancel the backfill."));
        }
        long waiting = BackfilledMailboxes.of(session).countWaiting(run.realmId(), run.alias());
        return waiting < (long) run.rate() * MOST_WAITING_SECONDS
                ? Optional.empty()
                : Optional.of(
                        new BackfillObstacle("delivery", "The tokens queued so far are handed over first.", false));
    }
}
