/** Version of the engine, as results, reports and bundles state it. A test keeps it equal to the package's. */
export const engineVersion = '0.1.0';
