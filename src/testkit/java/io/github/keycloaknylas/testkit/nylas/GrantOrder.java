package io.github.keycloaknylas.testkit.nylas;

import java.util.Comparator;

/** The order of a list of grants: {@code sort_by} and {@code order_by}. */
record GrantOrder(boolean byCreation, boolean descending) {

    Comparator<Grant> comparator() {
        Comparator<Grant> ascending = Comparator.comparing(byCreation ? Grant::createdAt : Grant::updatedAt);
        return descending ? ascending.reversed() : ascending;
    }
}
