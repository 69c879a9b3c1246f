package io.github.keycloaknylas.delivery;

import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyInt;
import static org.mockito.ArgumentMatchers.anyString;
import static org.mockito.Mockito.when;

import io.github.keycloaknylas.nylas.CallResult;
import io.github.keycloaknylas.nylas.NylasClient;
import io.github.keycloaknylas.nylas.NylasGrant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.mockito.invocation.InvocationOnMock;

/** The grants of an application, as a mocked client lists and reports them. */
final class FakeListing {

    private final Map<String, NylasGrant> grants = new LinkedHashMap<>();
    private int longestPage = 200;
    private Supplier<Optional<CallResult<List<NylasGrant>>>> fault = Optional::empty;

    FakeListing(NylasClient nylas) {
        when(nylas.grants(any(), anyInt(), anyInt())).thenAnswer(this::page);
        when(nylas.grant(any(), anyString()))
                .thenAnswer(call -> done(Optional.ofNullable(grants.get(call.<String>getArgument(1)))));
    }

    private CallResult<List<NylasGrant>> page(InvocationOnMock call) {
        Optional<CallResult<List<NylasGrant>>> failed = fault.get();
        if (failed.isPresent()) {
            return failed.get();
        }
        int offset = call.getArgument(1);
        int limit = Math.min(call.getArgument(2), longestPage);
        List<NylasGrant> all = new ArrayList<>(grants.values());
        return done(List.copyOf(all.subList(Math.min(offset, all.size()), Math.min(offset + limit, all.size()))));
    }

    private static <T> CallResult<T> done(T value) {
        return new CallResult.Done<>(value, "request-1");
    }

    FakeListing has(NylasGrant grant) {
        grants.put(grant.id(), grant);
        return this;
    }

    void expires(String grantId) {
        grants.computeIfPresent(
                grantId,
                (id, grant) -> new NylasGrant(id, grant.email(), grant.providerUserId(), grant.scopes(), false, null));
    }

    void deletes(String grantId) {
        grants.remove(grantId);
    }

    /** No page is longer than this, whatever is asked for. */
    void longestPage(int grantsOnAPage) {
        longestPage = grantsOnAPage;
    }

    /** Asked before each page: a result in place of the page, or nothing. */
    void beforeEachPage(Supplier<Optional<CallResult<List<NylasGrant>>>> change) {
        fault = change;
    }
}
