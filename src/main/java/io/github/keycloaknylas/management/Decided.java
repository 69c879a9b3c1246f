package io.github.keycloaknylas.management;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.github.keycloaknylas.ledger.Selection;
import java.util.List;

/**
 * How many rows a decision was about.
 *
 * @param count how many rows there were
 * @param provider alias of the provider that was named
 * @param ids IDs that were named
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record Decided(int count, String provider, List<String> ids) {

    static Decided of(int count, Selection selection) {
        return new Decided(
                count, selection.alias().orElse(null), selection.ids().isEmpty() ? null : selection.ids());
    }
}
