package io.github.keycloaknylas.management;

import io.github.keycloaknylas.ledger.GrantLists;
import io.github.keycloaknylas.ledger.ListedGrant;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** The mailboxes of a realm and their grants, at {@code /admin/realms/{realm}/nylas/grants}. Never shows a token. */
@Produces(MediaType.APPLICATION_JSON)
public final class GrantsResource {

    private final Administration administration;

    /** @param administration the request */
    public GrantsResource(Administration administration) {
        this.administration = administration;
    }

    /**
     * Lists mailboxes page by page, in a fixed order: by address if {@code search} is given, otherwise in no order that
     * means anything. Each page is read by index, however many came before.
     *
     * @param filters which of them: {@code status}, {@code provider}, {@code user}, {@code search}
     * @param after {@code next} of the page before
     * @param max longest page, 1 to 1000; 100 if it is not given
     * @return the page
     * @throws jakarta.ws.rs.ForbiddenException (403) without view-users
     * @throws jakarta.ws.rs.WebApplicationException (400) if a parameter is malformed; the message says how it has to be
     */
    @GET
    public GrantPage list(
            @BeanParam GrantFilters filters, @QueryParam("after") String after, @QueryParam("max") String max) {
        administration.requireView();
        PageRequest page = PageRequest.of(after, max, position(filters));
        List<ListedGrant> rows = GrantLists.of(administration.session())
                .after(
                        filters.in(administration.realm().getId()),
                        page.after().isEmpty()
                                ? GrantLists.Position.START
                                : new GrantLists.Position(
                                        page.after(0, ""),
                                        page.after(page.after().size() - 1, "")),
                        page.max());
        return new GrantPage(
                rows.stream().map(GrantReport::of).toList(),
                page.next(rows, row -> filters.isSearch() ? List.of(row.addressKey(), row.id()) : List.of(row.id())));
    }

    /**
     * Counts mailboxes.
     *
     * @param filters as for {@link #list}
     * @return an object with {@code count}
     * @throws jakarta.ws.rs.ForbiddenException (403) without view-users
     * @throws jakarta.ws.rs.WebApplicationException (400) if a parameter is malformed
     */
    @GET
    @Path("count")
    public Map<String, Long> count(@BeanParam GrantFilters filters) {
        administration.requireView();
        return Map.of(
                "count",
                GrantLists.of(administration.session())
                        .count(filters.in(administration.realm().getId())));
    }

    /**
     * Returns the part of the API that deals with one mailbox.
     *
     * @param id of the mailbox, as in the list
     * @return the resource
     */
    @Path("{id}")
    public GrantResource grant(@PathParam("id") String id) {
        return new GrantResource(administration, id);
    }

    private static Pattern[] position(GrantFilters filters) {
        return filters.isSearch() ? new Pattern[] {Positions.ADDRESS, Positions.ID} : new Pattern[] {Positions.ID};
    }
}
