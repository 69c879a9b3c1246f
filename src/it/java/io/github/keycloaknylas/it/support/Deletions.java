package io.github.keycloaknylas.it.support;

import static io.github.keycloaknylas.testkit.nylas.RequestJournal.to;

import io.github.keycloaknylas.testkit.nylas.RecordedRequest;
import java.util.Collection;
import java.util.List;

/** The DELETE requests that arrived at the fake Nylas. */
public final class Deletions {

    private static final String GRANTS = "/v3/grants/";

    private Deletions() {}

    /** Those for any of these grants, whatever their answer was. */
    public static List<RecordedRequest> of(Collection<String> grantIds) {
        return TestEnvironment.NYLAS
                .requests()
                .all(to("DELETE", GRANTS)
                        .and(request -> grantIds.contains(request.path().substring(GRANTS.length()))));
    }
}
