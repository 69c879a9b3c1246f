package io.github.keycloaknylas.management;

import io.github.keycloaknylas.ledger.DeletionEntity;
import io.github.keycloaknylas.ledger.DeletionList;
import io.github.keycloaknylas.ledger.GrantLists;
import io.github.keycloaknylas.ledger.Selection;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.io.InputStream;
import java.util.List;

/**
 * The grants of a realm that are to be deleted at Nylas, at {@code /admin/realms/{realm}/nylas/deletions}. Those that
 * are deleted already are not shown.
 */
@Produces(MediaType.APPLICATION_JSON)
public final class DeletionsResource {

    private static final String EVENT_RESOURCE = "NYLAS_DELETION";

    private final Administration administration;

    /** @param administration the request */
    public DeletionsResource(Administration administration) {
        this.administration = administration;
    }

    /**
     * Lists them page by page, in a fixed order.
     *
     * @param after {@code next} of the page before
     * @param max longest page, 1 to 1000; 100 if it is not given
     * @return the page
     * @throws jakarta.ws.rs.ForbiddenException (403) without view-users
     * @throws jakarta.ws.rs.WebApplicationException (400) if a parameter is malformed
     */
    @GET
    public DeletionReport.Page list(@QueryParam("after") String after, @QueryParam("max") String max) {
        administration.requireView();
        PageRequest page = PageRequest.of(after, max, Positions.HASH);
        List<DeletionEntity> rows = DeletionList.of(administration.session())
                .after(administration.realm().getId(), page.after(0, GrantLists.Position.START.id()), page.max());
        return new DeletionReport.Page(
                rows.stream().map(DeletionReport::of).toList(), page.next(rows, row -> List.of(row.grantHash())));
    }

    /**
     * Confirms deletions, so that the limit for a provider does not apply to them. All other checks are made all the
     * same, and the grace period is kept. Writes an admin event.
     *
     * @param body {@code {"provider": "<alias>"}} for all of a provider, or {@code {"ids": ["…"]}}
     * @return how many there were ({@code count})
     * @throws jakarta.ws.rs.ForbiddenException (403) without manage-users
     * @throws jakarta.ws.rs.WebApplicationException (400) if the body is malformed
     */
    @POST
    @Path("confirm")
    @Consumes(MediaType.APPLICATION_JSON)
    public Decided confirm(InputStream body) {
        return decide(body, DeletionList::confirm);
    }

    /**
     * Makes deletions due now that failed or wait. The grace period and the limit for a provider are kept. Writes an
     * admin event.
     *
     * @param body {@code {"provider": "<alias>"}} for all of a provider, or {@code {"ids": ["…"]}}
     * @return how many there were ({@code count})
     * @throws jakarta.ws.rs.ForbiddenException (403) without manage-users
     * @throws jakarta.ws.rs.WebApplicationException (400) if the body is malformed
     */
    @POST
    @Path("retry")
    @Consumes(MediaType.APPLICATION_JSON)
    public Decided retry(InputStream body) {
        return decide(body, DeletionList::retry);
    }

    private interface Decision {
        int make(DeletionList deletions, Selection selection, long now);
    }

    private Decided decide(InputStream body, Decision decision) {
        administration.requireManage();
        Selection selection = SelectionBody.read(body, administration.realm().getId(), Positions.HASH);
        int count = decision.make(DeletionList.of(administration.session()), selection, System.currentTimeMillis());
        Decided decided = Decided.of(count, selection);
        administration.changed(EVENT_RESOURCE, decided);
        return decided;
    }
}
