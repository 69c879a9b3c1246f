package io.github.keycloaknylas.management;

import io.github.keycloaknylas.ledger.GrantDecisions;
import io.github.keycloaknylas.ledger.GrantDecisions.Outcome;
import io.github.keycloaknylas.ledger.GrantEntity;
import io.github.keycloaknylas.ledger.GrantLists;
import io.github.keycloaknylas.ledger.History;
import io.github.keycloaknylas.ledger.ListedGrant;
import jakarta.persistence.PersistenceException;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.Optional;
import java.util.function.Predicate;

/** One mailbox and its grant, at {@code /admin/realms/{realm}/nylas/grants/{id}}. Never shows a token. */
@Produces(MediaType.APPLICATION_JSON)
public final class GrantResource {

    private static final String EVENT_RESOURCE = "NYLAS_GRANT";

    private final Administration administration;
    private final String id;

    GrantResource(Administration administration, String id) {
        this.administration = administration;
        this.id = id;
    }

    /**
     * Shows the mailbox.
     *
     * @return the mailbox
     * @throws jakarta.ws.rs.ForbiddenException (403) without the right to view its user
     * @throws jakarta.ws.rs.WebApplicationException (404) if the realm has no such mailbox
     */
    @GET
    public GrantReport show() {
        ListedGrant row = listed();
        administration.requireView(row.userId());
        return GrantReport.of(row);
    }

    /**
     * Shows what happened to the mailbox, the newest first.
     *
     * @param after {@code next} of the page before
     * @param max longest page, 1 to 1000; 100 if it is not given
     * @return the page
     * @throws jakarta.ws.rs.ForbiddenException (403) without the right to view its user
     * @throws jakarta.ws.rs.WebApplicationException (404) if the realm has no such mailbox; (400) if a parameter is
     *     malformed
     */
    @GET
    @Path("history")
    public HistoryReport.Page history(@QueryParam("after") String after, @QueryParam("max") String max) {
        ListedGrant row = listed();
        administration.requireView(row.userId());
        PageRequest page = PageRequest.of(after, max, Positions.TIME, Positions.ID);
        return HistoryReport.Page.of(
                page,
                History.of(administration.session())
                        .ofMailbox(row.mailbox().hash(), HistoryReport.cursor(page), page.max()));
    }

    /**
     * Makes what waits for the mailbox due now: its handover, or the writing of its attributes. Limits and circuit
     * breakers apply. Writes an admin event.
     *
     * @return the mailbox
     * @throws jakarta.ws.rs.ForbiddenException (403) without the right to manage its user
     * @throws jakarta.ws.rs.WebApplicationException (404) if the realm has no such mailbox; (409) if nothing waits, or
     *     another process changed the mailbox at the same moment
     */
    @POST
    @Path("retry")
    public GrantReport retry() {
        return decide((decisions, row) -> decisions.retry(row, now()));
    }

    /**
     * Gives a grant that was held back to the user of the mailbox. If another user of this realm has it, that user loses
     * it. A grant that a user of another realm has is never moved. The decision is valid as long as the grant is for the
     * same mailbox at the provider. Writes an admin event.
     *
     * @return the mailbox
     * @throws jakarta.ws.rs.ForbiddenException (403) without the right to manage its user, and the user who loses it
     * @throws jakarta.ws.rs.WebApplicationException (404) if the realm has no such mailbox; (409) if no grant is held
     *     back, a user of another realm has it, or it is being deleted
     */
    @POST
    @Path("accept")
    public GrantReport accept() {
        return decide((decisions, row) -> {
            decisions.holder(row).ifPresent(administration::requireManage);
            return decisions.accept(row, exists(), now());
        });
    }

    /**
     * Ends the grant: it is deleted at Nylas without a grace period, a waiting token is erased, and the attributes are
     * taken back. A grant that was held back is not deleted, since it may be another person's. The next sign-in makes a
     * new grant. Writes an admin event.
     *
     * @return the mailbox
     * @throws jakarta.ws.rs.ForbiddenException (403) without the right to manage its user
     * @throws jakarta.ws.rs.WebApplicationException (404) if the realm has no such mailbox; (409) if there is nothing to
     *     end, or a handover is in progress
     */
    @POST
    @Path("disconnect")
    public GrantReport disconnect() {
        return decide((decisions, row) -> decisions.disconnect(row, now()));
    }

    private interface Decision {
        Outcome make(GrantDecisions decisions, GrantEntity row);
    }

    private GrantReport decide(Decision decision) {
        administration.requireManage(listed().userId());
        GrantDecisions decisions = GrantDecisions.of(administration.session());
        GrantEntity row = decisions
                .find(administration.realm().getId(), id)
                .orElseThrow(() -> Refusal.conflict(
                        "A newer version of the extension changed this mailbox. Call a node that runs that version."));
        try {
            Outcome outcome = decision.make(decisions, row);
            if (outcome != Outcome.DONE) {
                throw Refusal.conflict(sentence(outcome));
            }
            decisions.flush();
        } catch (PersistenceException e) {
            throw Refusal.conflict("A worker changed this mailbox at the same moment. Repeat the call.");
        }
        GrantReport report = GrantReport.of(listed());
        administration.changed(EVENT_RESOURCE, report);
        return report;
    }

    private static String sentence(Outcome outcome) {
        return switch (outcome) {
            case IN_PROGRESS -> "Nylas is being called for this mailbox now. Repeat the call in a minute.";
            case NOTHING_WAITS ->
                "Nothing waits for this mailbox: no refresh token, and no attribute to write. A new token comes with"
                        + " the user's next sign-in.";
            case NOT_HELD -> "No grant is held back from this mailbox, so there is nothing to accept.";
            case OTHER_REALM ->
                "A user of another realm has this grant, and a grant is never moved between realms. End it there"
                        + " first.";
            case BEING_DELETED ->
                "This grant is being deleted at Nylas, or has been deleted. The user's next sign-in makes a new one.";
            case NOTHING_TO_END -> "This mailbox has neither a grant nor a waiting refresh token.";
            case DONE -> throw new IllegalArgumentException(outcome.name());
        };
    }

    private ListedGrant listed() {
        // PostgreSQL refuses NUL in a parameter.
        return Optional.of(id)
                .filter(text -> Positions.ID.matcher(text).matches())
                .flatMap(text -> GrantLists.of(administration.session())
                        .find(administration.realm().getId(), text))
                .orElseThrow(() -> Refusal.notFound("The realm '"
                        + administration.realm().getName()
                        + "' has no mailbox with this id. List them with GET nylas/grants; a mailbox without a grant"
                        + " disappears."));
    }

    private Predicate<GrantEntity> exists() {
        return row -> administration.session().realms().getRealm(row.mailbox().realmId()) != null;
    }

    private static long now() {
        return System.currentTimeMillis();
    }
}
