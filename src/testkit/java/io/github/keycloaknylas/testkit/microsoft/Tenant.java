package io.github.keycloaknylas.testkit.microsoft;

import io.github.keycloaknylas.testkit.http.Request;

/** The first step of a path: {@code common}, {@code organizations}, {@code consumers} or a tenant ID. */
record Tenant(String name) {

    static Tenant of(Request request) {
        return new Tenant(request.segments().get(0));
    }

    boolean admits(Account account) {
        return switch (name) {
            case "common" -> true;
            case "organizations" -> account.kind() != Account.Kind.PERSONAL;
            case "consumers" -> account.kind() == Account.Kind.PERSONAL;
            default -> name.equalsIgnoreCase(account.tenantId());
        };
    }

    /** The tenant ID as issuers contain it; for groups of tenants Entra leaves a placeholder. */
    String inIssuer() {
        return switch (name) {
            case "common", "organizations" -> "{tenantid}";
            case "consumers" -> Account.CONSUMERS;
            default -> name;
        };
    }
}
