// SPDX-License-Identifier: MIT
#include "tests/support/faulty_vfs.hpp"

#include "tests/support/faulty_disk.hpp"

#include <filesystem>
#include <fstream>
#include <new>
#include <stdexcept>
#include <utility>

namespace cafes::test {

namespace {

/// An open file of the shim; the file below stands behind it in the same
/// memory, whose size SQLite has learnt from the shim.
struct shim_file {
  sqlite3_file head;
  faulty_vfs::disk* disk;
  disk_file* content;

  [[nodiscard]] sqlite3_file* below() {
    return reinterpret_cast<sqlite3_file*>(this + 1); // NOLINT: SQLite's way
  }
};

shim_file* shim_of(sqlite3_file* file) {
  return reinterpret_cast<shim_file*>(file); // NOLINT: SQLite's way
}

faulty_vfs::disk* disk_of(sqlite3_vfs* shim) {
  return static_cast<faulty_vfs::disk*>(shim->pAppData);
}

/// Calls the file below, unless the call is due to fail.
template <auto Method, class... Arguments>
int ask(file_call call, sqlite3_file* file, Arguments... arguments) {
  auto* shim = shim_of(file);
  if (const auto fault = shim->disk->enter(call))
    return fault->code;
  return (shim->below()->pMethods->*Method)(shim->below(), arguments...);
}

template <auto Method, class... Arguments>
auto pass_on(sqlite3_file* file, Arguments... arguments) {
  auto* below = shim_of(file)->below();
  return (below->pMethods->*Method)(below, arguments...);
}

int write_file(sqlite3_file* file, const void* bytes, int size,
               sqlite3_int64 offset) {
  auto* shim = shim_of(file);
  const auto fault = shim->disk->enter(file_call::write);
  if (fault && !fault->is_torn)
    return fault->code;
  const auto written = fault ? size / 2 : size;
  const auto code = pass_on<&sqlite3_io_methods::xWrite>(file, bytes, written,
                                                         offset);
  if (code == SQLITE_OK)
    shim->content->write(offset, {static_cast<const char*>(bytes),
                                  static_cast<std::size_t>(written)});
  return fault ? fault->code : code;
}

int truncate_file(sqlite3_file* file, sqlite3_int64 size) {
  const auto code = ask<&sqlite3_io_methods::xTruncate>(file_call::truncate,
                                                        file, size);
  if (code == SQLITE_OK)
    shim_of(file)->content->truncate(size);
  return code;
}

/// The machine does not lose its power, so nothing is synced in truth.
int sync_file(sqlite3_file* file, int) {
  auto* shim = shim_of(file);
  if (const auto fault = shim->disk->enter(file_call::sync)) {
    shim->content->drop();
    return fault->code;
  }
  shim->content->sync();
  return SQLITE_OK;
}

const sqlite3_io_methods methods{
  3,
  pass_on<&sqlite3_io_methods::xClose>,
  [](sqlite3_file* file, void* into, int size, sqlite3_int64 offset) {
    return ask<&sqlite3_io_methods::xRead>(file_call::read, file, into, size,
                                           offset);
  },
  write_file,
  truncate_file,
  sync_file,
  [](sqlite3_file* file, sqlite3_int64* size) {
    return ask<&sqlite3_io_methods::xFileSize>(file_call::size, file, size);
  },
  [](sqlite3_file* file, int level) {
    return ask<&sqlite3_io_methods::xLock>(file_call::lock, file, level);
  },
  pass_on<&sqlite3_io_methods::xUnlock, int>,
  pass_on<&sqlite3_io_methods::xCheckReservedLock, int*>,
  pass_on<&sqlite3_io_methods::xFileControl, int, void*>,
  pass_on<&sqlite3_io_methods::xSectorSize>,
  pass_on<&sqlite3_io_methods::xDeviceCharacteristics>,
  [](sqlite3_file* file, int page, int size, int extend,
     void volatile** mapped) {
    return ask<&sqlite3_io_methods::xShmMap>(file_call::share_memory, file,
                                             page, size, extend, mapped);
  },
  [](sqlite3_file* file, int offset, int count, int flags) {
    return ask<&sqlite3_io_methods::xShmLock>(file_call::lock, file, offset,
                                              count, flags);
  },
  [](sqlite3_file* file) { pass_on<&sqlite3_io_methods::xShmBarrier>(file); },
  pass_on<&sqlite3_io_methods::xShmUnmap, int>,
  pass_on<&sqlite3_io_methods::xFetch, sqlite3_int64, int, void**>,
  pass_on<&sqlite3_io_methods::xUnfetch, sqlite3_int64, void*>,
};

int open_file(sqlite3_vfs* vfs, const char* path, sqlite3_file* file, int flags,
              int* flags_out) {
  auto* disk = disk_of(vfs);
  auto* shim = new (file) shim_file{{nullptr}, disk, nullptr};
  if (const auto fault = disk->enter(file_call::open))
    return fault->code;
  const auto code = disk->real->xOpen(disk->real, path, shim->below(), flags,
                                      flags_out);
  if (code != SQLITE_OK)
    return code;
  shim->content = &disk->at(path == nullptr ? "" : path);
  shim->head.pMethods = &methods;
  return code;
}

int remove_file(sqlite3_vfs* vfs, const char* path, int sync_folder) {
  auto* disk = disk_of(vfs);
  if (const auto fault = disk->enter(file_call::remove))
    return fault->code;
  const auto code = disk->real->xDelete(disk->real, path, sync_folder);
  if (code == SQLITE_OK)
    disk->at(path).remove();
  return code;
}

int access_file(sqlite3_vfs* vfs, const char* path, int flags, int* found) {
  auto* disk = disk_of(vfs);
  if (const auto fault = disk->enter(file_call::access))
    return fault->code;
  return disk->real->xAccess(disk->real, path, flags, found);
}

} // namespace

/// All that is no file is the real one's own business, and most of it comes
/// with the copy: those functions do not look at the object they are given.
faulty_vfs::faulty_vfs() : disk_{std::make_unique<disk>()} {
  disk_->real = sqlite3_vfs_find(nullptr);
  disk_->shim = *disk_->real;
  disk_->shim.pNext = nullptr;
  disk_->shim.zName = "cafes-faulty";
  disk_->shim.pAppData = disk_.get();
  disk_->shim.szOsFile += static_cast<int>(sizeof(shim_file));
  disk_->shim.xOpen = open_file;
  disk_->shim.xDelete = remove_file;
  disk_->shim.xAccess = access_file;
  // Who waits for a lock would wait for us.
  disk_->shim.xSleep = [](sqlite3_vfs*, int microseconds) {
    return microseconds;
  };
  if (sqlite3_vfs_register(&disk_->shim, 1) != SQLITE_OK)
    throw std::runtime_error{"SQLite takes no other file system"};
}

faulty_vfs::~faulty_vfs() {
  sqlite3_vfs_unregister(&disk_->shim);
  sqlite3_vfs_register(disk_->real, 1);
}

void faulty_vfs::plan(const disk_fault& fault) {
  disk_->plan(fault);
}

void faulty_vfs::mend() {
  disk_->mend();
}

int faulty_vfs::calls(file_call call) const {
  return disk_->calls(call);
}

int faulty_vfs::failures() const {
  return disk_->failures();
}

void faulty_vfs::lose_power(const std::string& file,
                            const std::string& folder) const {
  for (const auto& [path, content] : disk_->files()) {
    if (!path.starts_with(file) || content.stored().empty())
      continue;
    std::ofstream left{folder + "/"
                         + std::filesystem::path{path}.filename().string(),
                       std::ios::binary};
    left << content.stored();
    if (!left.flush())
      throw std::runtime_error{"cannot write to " + folder};
  }
}

} // namespace cafes::test
