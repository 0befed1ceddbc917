/*
 * Runs n8n's community package scanner on a folder, without the network:
 *   node scan.mjs source <folder>    as on the repository
 *   node scan.mjs tarball <folder>   as on the unpacked package
 * Prints the scanner's verdict as JSON. A process of its own, since jest does not load ES modules.
 */
import { analyzePackage, SOURCE_FILE_PATTERNS } from '@n8n/scan-community-package/scanner/scanner.mjs';

// the patterns of the tarball leg stand inside analyzePackageByName()
const PATTERNS = { source: SOURCE_FILE_PATTERNS, tarball: ['**/*.js', 'package.json'] };

const [leg, folder] = process.argv.slice(2);
process.stdout.write(JSON.stringify(await analyzePackage(folder, PATTERNS[leg])));
