package io.github.keycloaknylas.demo;

/** What to do with a demo that runs. */
final class Welcome {

    private static final String TEXT = """

            ------------------------------------------------------------------------------
              Everything runs. Nothing here reaches Microsoft or Nylas.

              1. Example application   %s
                 Press "Sign in", choose "Microsoft (fake)", pick Ada and accept.
                 A moment later the page shows her Nylas grant ID and the token's claims.
              2. Account console       %s
                 "Nylas grant" under Personal info: Ada sees it and cannot change it.
              3. Admin console         %s
                 User admin, password admin. Users > ada@contoso.example: her grant ID.
                 Identity providers > Microsoft (fake) > Mappers: the settings.
              4. Fake Nylas            %s
                 The grants, and the requests that made them.

              Ctrl+C stops everything. The next start begins afresh.
            ------------------------------------------------------------------------------
            """;

    private Welcome() {}

    static String to(Demo demo) {
        return TEXT.formatted(
                demo.app(),
                demo.accountConsole(),
                demo.adminConsole(),
                demo.nylas().uri());
    }
}
