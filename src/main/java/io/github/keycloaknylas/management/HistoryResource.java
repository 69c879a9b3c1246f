package io.github.keycloaknylas.management;

import io.github.keycloaknylas.ledger.History;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;

/**
 * What happened to the mailboxes of a user, at {@code /admin/realms/{realm}/nylas/history}, also to those that are not
 * listed any more, and after the user was removed.
 */
@Produces(MediaType.APPLICATION_JSON)
public final class HistoryResource {

    private final Administration administration;

    /** @param administration the request */
    public HistoryResource(Administration administration) {
        this.administration = administration;
    }

    /**
     * Shows the history, the newest entry first.
     *
     * @param user ID of the user; has to be given
     * @param after {@code next} of the page before
     * @param max longest page, 1 to 1000; 100 if it is not given
     * @return the page
     * @throws jakarta.ws.rs.ForbiddenException (403) without the right to view the user
     * @throws jakarta.ws.rs.WebApplicationException (400) if a parameter is malformed
     */
    @GET
    public HistoryReport.Page ofUser(
            @QueryParam("user") String user, @QueryParam("after") String after, @QueryParam("max") String max) {
        if (user == null || user.isBlank()) {
            administration.requireView();
            throw Refusal.badRequest("user is the ID of the user whose history is shown.");
        }
        administration.requireView(user);
        PageRequest page = PageRequest.of(after, max, Positions.TIME, Positions.ID);
        return HistoryReport.Page.of(
                page,
                History.of(administration.session())
                        .ofUser(administration.realm().getId(), user, HistoryReport.cursor(page), page.max()));
    }
}
