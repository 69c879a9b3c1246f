package io.github.keycloaknylas.management;

import io.github.keycloaknylas.ledger.GrantLists;
import io.github.keycloaknylas.ledger.LinksGone;
import io.github.keycloaknylas.ledger.ListedGrant;
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
 * The mailboxes whose accounts are no longer linked although no event reported it, at {@code
 * /admin/realms/{realm}/nylas/links-gone}. Their grants are kept until an administrator confirms.
 */
@Produces(MediaType.APPLICATION_JSON)
public final class LinksGoneResource {

    private static final String EVENT_RESOURCE = "NYLAS_LINK_GONE";

    private final Administration administration;

    /** @param administration the request */
    public LinksGoneResource(Administration administration) {
        this.administration = administration;
    }

    /**
     * Lists them page by page, those longest gone first.
     *
     * @param after {@code next} of the page before
     * @param max longest page, 1 to 1000; 100 if it is not given
     * @return the page
     * @throws jakarta.ws.rs.ForbiddenException (403) without view-users
     * @throws jakarta.ws.rs.WebApplicationException (400) if a parameter is malformed
     */
    @GET
    public GrantPage list(@QueryParam("after") String after, @QueryParam("max") String max) {
        administration.requireView();
        PageRequest page = PageRequest.of(after, max, Positions.TIME, Positions.ID);
        List<ListedGrant> rows = GrantLists.of(administration.session())
                .linksGone(
                        administration.realm().getId(),
                        Long.parseLong(page.after(0, "1")),
                        page.after(1, GrantLists.Position.START.id()),
                        page.max());
        return new GrantPage(
                rows.stream().map(GrantReport::of).toList(),
                page.next(rows, row -> List.of(row.linkGoneAt().toString(), row.id())));
    }

    /**
     * Confirms that links are gone for good. From then on they are treated like any other unlink: a restored link takes
     * precedence, the grace period applies, and so does the limit of deletions. Safe to repeat. Writes an admin event.
     *
     * @param body {@code {"provider": "<alias>"}} for all of a provider, or {@code {"ids": ["…"]}}
     * @return how many links were confirmed ({@code count}); those that were confirmed before do not count
     * @throws jakarta.ws.rs.ForbiddenException (403) without manage-users
     * @throws jakarta.ws.rs.WebApplicationException (400) if the body is malformed
     */
    @POST
    @Path("confirm")
    @Consumes(MediaType.APPLICATION_JSON)
    public Decided confirm(InputStream body) {
        administration.requireManage();
        Selection selection = SelectionBody.read(body, administration.realm().getId(), Positions.ID);
        int count = LinksGone.of(administration.session()).confirm(selection, System.currentTimeMillis());
        Decided decided = Decided.of(count, selection);
        administration.changed(EVENT_RESOURCE, decided);
        return decided;
    }
}
