//! Files by name and checksum.

use std::fs::{self, File};
use std::io::{self, Read, Write};
use std::path::Path;

use xxhash_rust::xxh3::Xxh3;

use super::manifest::FileEntry;

/// Copies piece by piece, and says how many bytes there were and their XXH3 (128 bits) in hexadecimal digits.
pub(super) fn copy(from: &mut impl Read, to: &mut impl Write) -> io::Result<(u64, String)> {
    let mut hasher = Xxh3::new();
    let mut buffer = vec![0; 1 << 20];
    let mut bytes = 0;
    loop {
        let read = match from.read(&mut buffer) {
            Ok(0) => return Ok((bytes, format!("{:032x}", hasher.digest128()))),
            Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
            read => read?,
        };
        hasher.update(&buffer[..read]);
        bytes += read as u64;
        to.write_all(&buffer[..read])?;
    }
}

/// The same of a file that stays where it is.
pub(super) fn checksum(path: &Path) -> io::Result<(u64, String)> {
    copy(&mut File::open(path)?, &mut io::sink())
}

/// The checksum of bytes at hand.
pub(super) fn checksum_of(bytes: &[u8]) -> String {
    format!("{:032x}", xxhash_rust::xxh3::xxh3_128(bytes))
}

/// The entry of the manifest for `root/name`.
pub(super) fn entry(root: &Path, name: &str) -> io::Result<FileEntry> {
    let (bytes, checksum) = checksum(&root.join(name))?;
    Ok(FileEntry { name: name.to_owned(), bytes, checksum })
}

/// The files below `root`, as paths with `/`, sorted.
pub(super) fn list(root: &Path) -> io::Result<Vec<String>> {
    fn walk(folder: &Path, prefix: &str, names: &mut Vec<String>) -> io::Result<()> {
        for entry in fs::read_dir(folder)? {
            let entry = entry?;
            let name = format!("{prefix}{}", entry.file_name().to_string_lossy());
            if entry.file_type()?.is_dir() {
                walk(&entry.path(), &format!("{name}/"), names)?;
            } else {
                names.push(name);
            }
        }
        Ok(())
    }
    let mut names = Vec::new();
    walk(root, "", &mut names)?;
    names.sort();
    Ok(names)
}
