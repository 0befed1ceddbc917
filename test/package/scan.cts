/**
 * Runs n8n's community package scanner on a folder, offline, and prints its result as JSON:
 * `scan.cts source <folder>` as on the repository, `scan.cts tarball <folder>` as on the unpacked package.
 * A process of its own, since jest cannot load ES modules.
 */

/** The part of the scanner that is used here; it ships without types. */
interface Scanner {
	analyzePackage(folder: string, patterns: string[]): Promise<object>;
	SOURCE_FILE_PATTERNS: string[];
}

/** The scanner's patterns for a tarball, which it keeps inside analyzePackageByName(). */
const TARBALL_PATTERNS = ['**/*.js', 'package.json'];

async function main([leg, folder]: string[]): Promise<void> {
	// A variable, so that TypeScript does not look for types that are not there.
	const scannerModule = '@n8n/scan-community-package/scanner/scanner.mjs';
	const { analyzePackage, SOURCE_FILE_PATTERNS } = (await import(scannerModule)) as Scanner;
	const patterns = leg === 'source' ? SOURCE_FILE_PATTERNS : TARBALL_PATTERNS;
	process.stdout.write(JSON.stringify(await analyzePackage(folder, patterns)));
}

void main(process.argv.slice(2));
