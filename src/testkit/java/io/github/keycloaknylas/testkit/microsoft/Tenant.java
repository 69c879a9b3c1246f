package io.github.keycloaknylas.testkit.microsoft;

/** The first step of a path: {@code common}, {@code organizations}, {@code consumers} or a tenant id. */
record Tenant(String name) {

    boolean admits(Account account) {
        return switch (name) {
            case "common" -> true;
            case "organizations" -> account.kind() != Account.Kind.PERSONAL;
            case "consumers" -> account.kind() == Account.Kind.PERSONAL;
            default -> name.equalsIgnoreCase(account.tenantId());
        };
    }

    /** The tenant id as issuers contain it; for groups of tenants Entra leaves a placeholder. */
    String inIssuer() {
        return switch (name) {
            case "common", "organizations" -> "{tenantid}";
            case "consumers" -> Account.CONSUMERS;
            default -> name;
        };
    }
}
