package io.github.keycloaknylas.management;

import io.github.keycloaknylas.ledger.GrantFilter;
import io.github.keycloaknylas.ledger.GrantState;
import jakarta.ws.rs.QueryParam;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** The filters of a list of mailboxes, as query parameters. */
public final class GrantFilters {

    private static final String STATES =
            Arrays.stream(GrantState.values()).map(GrantFilters::word).sorted().collect(Collectors.joining(", "));

    /** Status of the grant. */
    @QueryParam("status")
    String status;

    /** Alias of the identity provider. */
    @QueryParam("provider")
    String provider;

    /** ID of the user. */
    @QueryParam("user")
    String user;

    /** What the address of the mailbox begins with. */
    @QueryParam("search")
    String search;

    GrantFilter in(String realmId) {
        return new GrantFilter(realmId, state(), given(provider), given(user), given(search));
    }

    boolean isSearch() {
        return given(search).isPresent();
    }

    private Optional<GrantState> state() {
        Optional<String> wanted = given(status);
        if (wanted.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(Arrays.stream(GrantState.values())
                .filter(state -> word(state).equals(wanted.get()))
                .findFirst()
                .orElseThrow(() -> Refusal.badRequest("status is one of: " + STATES + ".")));
    }

    private static Optional<String> given(String parameter) {
        return Optional.ofNullable(parameter).map(String::trim).filter(text -> !text.isEmpty());
    }

    private static String word(GrantState state) {
        return state.name().toLowerCase(Locale.ROOT);
    }
}
